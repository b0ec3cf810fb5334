export { handleEject as GET } from "#server/features/eject/handler.ts";
