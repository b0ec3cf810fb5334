export { handleExport as GET } from "#server/features/exports/handler.ts";
