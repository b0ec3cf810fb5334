export { handleAuditExport as GET } from "#server/features/audit/export/handler.ts";
