import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";

/** As much as the body of a request. */
const largestMessage = 1 << 20;

const server = new WebSocketServer({
  noServer: true,
  maxPayload: largestMessage,
  perMessageDeflate: false,
  clientTracking: false,
  handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
});

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What has come already. */
  readonly head: Buffer;
}

/** What goes with the answer, by the request it answers. */
const fieldsOf = new WeakMap<IncomingMessage, readonly string[]>();

server.on("headers", (lines, request) => {
  const fields = fieldsOf.get(request) ?? [];
  for (let at = 0; at < fields.length; at += 2) lines.push(`${fields[at]}: ${fields[at + 1]}`);
});

/**
 * Makes a WebSocket of a connection; whatever is no proper request for one is answered 400 and never settles. `fields`
 * are names and values in turn.
 */
export function acceptSocket({ request, socket, head }: Upgrade, fields: readonly string[] = []): Promise<WebSocket> {
  const { promise, resolve } = Promise.withResolvers<WebSocket>();
  fieldsOf.set(request, fields);
  server.handleUpgrade(request, socket, head, resolve);
  return promise;
}
