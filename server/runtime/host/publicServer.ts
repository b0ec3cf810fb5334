import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createServer } from "../http/nodeHttp.ts";
import { logDefect } from "../log.ts";
import { answerRequest, type Host } from "./answerRequest.ts";
import type { HostLimits } from "./hostLimits.ts";
import { upgradeRequest } from "./upgradeRequest.ts";

/** Requests that may wait for the answers before theirs on one connection. */
const maxPipelined = 100;

/** The port that the apps' callers reach. */
export function publicServer(host: Host, limits: HostLimits): Server {
  const waiting = new WeakMap<Socket, number>();
  const handle = (request: IncomingMessage, response: ServerResponse, waits = false) => {
    // One that was sent before the answer to the one before was taken has its turn after it: answers to a connection
    // that nobody reads would pile up.
    if (response.socket === null) {
      const { socket } = request;
      const before = waiting.get(socket) ?? 0;
      if (before >= maxPipelined) return void socket.destroy();
      waiting.set(socket, before + 1);
      response.once("socket", () => {
        waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
        process.nextTick(handle, request, response, waits);
      });
      return;
    }
    answerRequest(host, { request, response, waits }).catch((error: unknown) => {
      logDefect("An answer could not be sent.", error);
      response.destroy();
    });
  };
  const server = createServer(
    {
      keepAliveTimeout: 1000 * limits.idleSeconds,
      headersTimeout: 1000 * limits.headSeconds,
      // Bodies are watched by what comes of them, not by the clock: a large file may take long.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(1000 * limits.headSeconds, 10_000) / 2,
      maxHeaderSize: 32 * 1024,
      // A caller whose machine is gone without a word is found out.
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      // Other protocols that a client would rather speak are no reason not to answer it.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    },
    (request, response) => handle(request, response),
  );
  server.on("checkContinue", (request, response) => handle(request, response, true));
  server.on("upgrade", (request, socket, head) => {
    upgradeRequest(host, { request, socket, head }).catch((error: unknown) => {
      logDefect("A WebSocket could not be opened.", error);
      socket.destroy();
    });
  });
  server.maxHeadersCount = 100;
  server.maxConnections = limits.connections;
  return server;
}
