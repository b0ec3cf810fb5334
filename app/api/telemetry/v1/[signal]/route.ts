export { handleTelemetry as POST } from "#server/features/telemetry/intake/handler.ts";
