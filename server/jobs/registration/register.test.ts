import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { Inngest } from "inngest";
import { afterEach, expect, test } from "vitest";
import { keys, startTestApplication } from "../contract/TestApplication.ts";
import { apiToken } from "../embedded/signature.ts";
import { register } from "./register.ts";

/*
 * What an Inngest server is told, by the SDK itself, at a server that listens as that one does. Against a real one it is
 * tried by server/jobs/contract/inngestServer.test.ts.
 */

interface Heard {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly url: string;
    readonly appName: string;
    readonly functions: readonly { readonly id: string }[];
  };
}

afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});
const disposals: (() => Promise<void>)[] = [];

/** An application, and the server that it is to register with, which answers by `status`. */
async function scene(given: { readonly status?: number; readonly fallback?: string } = {}) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Heard["body"];
    heard.push({ path: request.url ?? "", authorization: request.headers.authorization, body });
    const status = given.status ?? 200;
    const told = status === 200 ? { ok: true, modified: heard.length === 1 } : { error: "No such key", status };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(told));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port.");
  const client = new Inngest({
    id: "registered",
    isDev: false,
    baseUrl: `http://127.0.0.1:${address.port}`,
    ...keys,
    ...(given.fallback !== undefined && { signingKeyFallback: given.fallback }),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const functions = [client.createFunction({ id: "one", triggers: { event: "one" } }, () => {})];
  const application = await startTestApplication(client, functions);
  disposals.push(async () => {
    await application[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });
  return { heard, serveUrl: application.url };
}

test("the server is told of the functions, by the key, and whether that is news", async () => {
  const { heard, serveUrl } = await scene();
  expect(await register({ serveUrl, signingKey: keys.signingKey })).toBe(true);
  expect(await register({ serveUrl, signingKey: keys.signingKey })).toBe(false);
  expect(heard).toHaveLength(2);
  expect(heard[0]).toMatchObject({
    path: expect.stringMatching(/^\/fn\/register/),
    authorization: `Bearer ${apiToken(keys.signingKey)}`,
    body: { appName: "registered", url: serveUrl, functions: [{ id: "registered-one" }] },
  });
});

test("a key that is being changed is taken as long as it is the one before", async () => {
  const before = "signkey-test-aabbccdd";
  const { heard, serveUrl } = await scene({ fallback: before });
  await register({ serveUrl, signingKey: before });
  expect(heard).toHaveLength(1);
  await expect(register({ serveUrl, signingKey: "signkey-test-00ff" })).rejects.toThrow(/could not be registered/);
  expect(heard).toHaveLength(1);
});

test("what the server says against it is told", async () => {
  const { serveUrl } = await scene({ status: 401 });
  await expect(register({ serveUrl, signingKey: keys.signingKey })).rejects.toThrow(
    /could not be registered: No such key/,
  );
});
