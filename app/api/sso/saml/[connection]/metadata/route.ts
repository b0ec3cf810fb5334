import { handleSamlMetadata } from "#server/features/sso/signIn/handlers.ts";

export async function GET(request: Request, { params }: { params: Promise<{ connection: string }> }) {
  return await handleSamlMetadata(request, (await params).connection);
}
