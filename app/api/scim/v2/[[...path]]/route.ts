import { handleScim } from "#server/features/directory/handler.ts";

interface Place {
  readonly params: Promise<{ path?: string[] }>;
}

async function handle(request: Request, { params }: Place): Promise<Response> {
  return await handleScim(request, (await params).path ?? []);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
