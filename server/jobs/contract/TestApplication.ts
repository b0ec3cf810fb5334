import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { InngestFunction } from "inngest";
import { Inngest } from "inngest";
import { serve } from "inngest/node";

export const keys = {
  eventKey: "contract-event-key",
  signingKey: "signkey-test-0123456789abcdef0123456789abcdef",
} as const;

export interface TestApplication extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A client in cloud mode whose engine may be made after it. */
export function testClient(
  engineUrl: () => string,
  given: { readonly eventKey: string; readonly signingKey: string } = keys,
): Inngest {
  const client = new Inngest({
    id: "contract",
    isDev: false,
    ...given,
    logger: quiet,
    fetch: (input, init) => fetch(String(input).replace("http://engine.invalid/", `${engineUrl()}/`), init),
    baseUrl: "http://engine.invalid/",
  });
  return client;
}

/** A real HTTP server that serves functions at `/api/inngest`. */
export async function startTestApplication(
  client: Inngest,
  functions: readonly InngestFunction.Like[],
  port = 0,
): Promise<TestApplication> {
  const handle = serve({ client, functions: [...functions], enableUnauthedSync: false });
  const server = createServer((request, response) => void handle(request, response));
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(port, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The application has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/api/inngest`,
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
