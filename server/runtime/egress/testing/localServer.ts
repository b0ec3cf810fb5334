import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Settles when so many requests have come since `seen` was last emptied. */
  until(count: number): Promise<void>;
  /** How many connections were ever opened. */
  readonly connections: () => number;
}

export type Respond = (seen: SeenRequest, response: ServerResponse) => void;

/** A server of HTTP on the loopback interface that notes what it is asked. */
export async function localServer(respond: Respond = (_seen, response) => response.end()): Promise<LocalServer> {
  const seen: SeenRequest[] = [];
  const waiters: { readonly count: number; readonly resolve: () => void }[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    respond(one, response);
    for (const waiter of waiters) if (seen.length >= waiter.count) waiter.resolve();
  });
  server.on("connection", () => {
    connections += 1;
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    seen,
    connections: () => connections,
    async until(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiters.push({ count, resolve });
      if (seen.length < count) await promise;
    },
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}
