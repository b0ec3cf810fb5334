import { testServerVariable } from "./postgres.ts";
import { startTestServer } from "./testServer.ts";

/** One PostgreSQL for the whole run, unless whoever started the run has one already. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[testServerVariable]) return undefined;
  const server = await startTestServer();
  process.env[testServerVariable] = server.url;
  return async () => server[Symbol.asyncDispose]();
}
