import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The command line program as a package: `npm install --global <address>/cli/gantry.tgz`. Made by the build. */
export async function GET(): Promise<Response> {
  const content = await readFile(join(process.cwd(), ".next/cli/gantry.tgz")).catch(() => null);
  if (!content) return new Response("This build has no command line program.\n", { status: 404 });
  return new Response(new Uint8Array(content), {
    headers: { "content-type": "application/gzip", "cache-control": "public, max-age=300" },
  });
}
