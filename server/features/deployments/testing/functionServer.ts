// A program of its own for the tests that kill it: serves the functions at argv[2] once it is told to by its input.
import { once } from "node:events";
import { createServer } from "node:http";
import { serve } from "inngest/node";
import { inngest } from "#server/jobs/client.ts";
import { functions } from "#server/jobs/registry.ts";

const handle = serve({ client: inngest, functions: [...functions], enableUnauthedSync: false });
await once(process.stdin, "data");
process.stdin.destroy();
createServer((request, response) => void handle(request, response)).listen(Number(process.argv[2]), "127.0.0.1", () => {
  process.stdout.write("ready\n");
});
