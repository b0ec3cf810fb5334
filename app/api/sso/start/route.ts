export { handleStart as GET } from "#server/features/sso/signIn/handlers.ts";
