export { handleCspReport as POST } from "#server/http/cspReports.ts";
