import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AppError } from "#lib/errors/AppError.ts";
import { mayAnything } from "#lib/plan/authorize.ts";
import { type Answer, emptyAnswer } from "../http/Answer.ts";
import { addressOf } from "../http/address.ts";
import type { Metrics } from "../http/Metrics.ts";
import { internalError, problemAnswer } from "../http/problemAnswer.ts";
import { readBody } from "../http/readBody.ts";
import { send, sendAll } from "../http/send.ts";
import { logDefect } from "../log.ts";
import type { Environment } from "./Environment.ts";
import type { Environments } from "./Environments.ts";
import type { Mount } from "./Mount.ts";

export interface PublicServerParts {
  readonly environments: Environments;
  readonly mounts: readonly Mount[];
  readonly metrics: Metrics;
  /** Public address of an app with `{app}` for its label; null takes the address of the request. */
  readonly appsUrl: string | null;
  readonly isReady: () => boolean;
}

const bodyLimit = 1 << 20;

/** The port that the apps' callers reach. */
export function publicServer(parts: PublicServerParts): Server {
  const server = createServer(
    { keepAliveTimeout: 72_000, headersTimeout: 20_000, requestTimeout: 60_000, maxHeaderSize: 32 * 1024 },
    (request, response) => {
      handle(parts, request, response).catch((error: unknown) => {
        logDefect("An answer could not be sent.", error);
        response.destroy();
      });
    },
  );
  server.maxHeadersCount = 100;
  return server;
}

async function handle(parts: PublicServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const began = performance.now();
  const target = request.url ?? "/";
  const own = ownPath(parts, target);
  if (own) return send(response, own);
  const address = addressOf(request.headers.host, target, (label) => parts.environments.withLabel(label) !== null);
  const environment = address && parts.environments.withLabel(address.label);
  if (!address || !environment) {
    request.resume();
    return send(response, problemAnswer(new AppError("not_found", "There is no app at this address."), ""));
  }
  const mount = parts.mounts.find(({ path }) => isAt(address.path, path));
  environment.enter();
  try {
    const answer = await answerOf(parts, request, { environment, mount, address });
    // What was not read of a refused body would be taken for the next request.
    if (!request.complete && answer.status >= 400) response.shouldKeepAlive = false;
    await sendAll(response, answer);
    parts.metrics.observe(mount?.route ?? "other", answer.status, performance.now() - began);
  } finally {
    environment.leave();
  }
}

interface Routed {
  readonly environment: Environment;
  readonly mount: Mount | undefined;
  readonly address: NonNullable<ReturnType<typeof addressOf>>;
}

async function answerOf(
  parts: PublicServerParts,
  request: IncomingMessage,
  { environment, mount, address }: Routed,
): Promise<Answer> {
  const method = request.method ?? "GET";
  if (method === "OPTIONS") return preflight;
  try {
    const { actor, mayExplain } = environment.callers.of(request.headers);
    if (actor.kind === "anonymous" && !mount?.open && !mayAnything(environment.app.catalog, actor)) {
      throw new AppError("unauthenticated", "Send a valid API key: Authorization: Bearer gk_….");
    }
    if (!mount) throw new AppError("not_found", "There is nothing at this path.");
    const { path, query, base } = address;
    const url = publicUrl(parts.appsUrl, request, address);
    const body = () => readBody(request, bodyLimit);
    const content = () => request;
    const { headers } = request;
    const asked = { method, path, query, headers, actor, mayExplain, base, url, body, content };
    return await mount.answer(asked, environment);
  } catch (error) {
    if (error instanceof AppError) {
      if (error.status >= 500) logDefect("A request could not be served.", error, { environment: environment.spec.id });
      return problemAnswer(error, address.base);
    }
    logDefect("A request failed.", error, { environment: environment.spec.id, route: mount?.route ?? "other" });
    return problemAnswer(internalError, address.base);
  }
}

/** The paths of the runtime itself; an app cannot have them. */
function ownPath({ metrics, isReady }: PublicServerParts, target: string): Answer | null {
  switch (target) {
    case "/livez":
      return textAnswer(200, "alive\n");
    case "/readyz":
      return isReady() ? textAnswer(200, "ready\n") : textAnswer(503, "starting\n");
    case "/metrics":
      return { ...textAnswer(200, metrics.print()), contentType: "text/plain; version=0.0.4; charset=utf-8" };
    default:
      return null;
  }
}

function textAnswer(status: number, body: string): Answer {
  return { status, contentType: "text/plain; charset=utf-8", body, headers: [] };
}

const preflight = emptyAnswer(204, [
  "access-control-allow-methods",
  "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  "access-control-allow-headers",
  "Authorization, Content-Type, X-API-Key, Accept, Prefer, Gantry-Act-As",
  "access-control-max-age",
  "86400",
]);

function isAt(path: string, mount: string): boolean {
  return mount.endsWith("/") ? path.startsWith(mount) : path === mount;
}

function publicUrl(appsUrl: string | null, request: IncomingMessage, { label, base }: Routed["address"]): string {
  return appsUrl ? appsUrl.replace("{app}", label) : `http://${request.headers.host ?? "localhost"}${base}`;
}
