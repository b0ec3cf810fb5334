import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { logDefect } from "../log.ts";
import { answerRequest, type Host } from "./answerRequest.ts";
import type { HostLimits } from "./hostLimits.ts";

/** The port that the apps' callers reach. */
export function publicServer(host: Host, limits: HostLimits): Server {
  const handle = (request: IncomingMessage, response: ServerResponse, waits = false) => {
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
    },
    (request, response) => handle(request, response),
  );
  server.on("checkContinue", (request, response) => handle(request, response, true));
  server.maxHeadersCount = 100;
  server.maxConnections = limits.connections;
  return server;
}
