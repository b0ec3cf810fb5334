export { handleDownload as GET } from "#server/features/backups/handler.ts";
