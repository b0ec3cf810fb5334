export { handleUpload as POST } from "#server/features/uploads/handler.ts";
