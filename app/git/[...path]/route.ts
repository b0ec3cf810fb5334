import { serveGit } from "#server/features/repository/http/serveGit.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export const GET = (request: Request) => serveGit(request);
export const POST = (request: Request) => serveGit(request);
