import { handleSamlAnswer } from "#server/features/sso/signIn/handlers.ts";

export async function POST(request: Request, { params }: { params: Promise<{ connection: string }> }) {
  return await handleSamlAnswer(request, (await params).connection);
}
