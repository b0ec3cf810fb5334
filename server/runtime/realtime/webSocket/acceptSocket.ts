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

/** Makes a WebSocket of a connection; whatever is no proper request for one is answered 400 and never settles. */
export function acceptSocket({ request, socket, head }: Upgrade): Promise<WebSocket> {
  const { promise, resolve } = Promise.withResolvers<WebSocket>();
  server.handleUpgrade(request, socket, head, resolve);
  return promise;
}
