import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#lib/errors/AppError.ts";
import { mayAnything } from "#lib/plan/authorize.ts";
import type { Caller } from "../auth/Callers.ts";
import { callerOf } from "../exec/callerOf.ts";
import type { Answer } from "../http/Answer.ts";
import type { Address } from "../http/address.ts";
import { answerBytes } from "../http/answerBytes.ts";
import { openRules } from "../http/cors/CorsRules.ts";
import type { Load } from "../http/Load.ts";
import type { Admission } from "../http/limits/Admission.ts";
import { callerAddress } from "../http/limits/callerAddress.ts";
import { linger } from "../http/linger.ts";
import { internalError, problemAnswer } from "../http/problemAnswer.ts";
import { send, sendAll } from "../http/send.ts";
import type { Transfers } from "../http/Transfers.ts";
import { logDefect } from "../log.ts";
import { Sighting } from "../telemetry/Sighting.ts";
import { newTrace, printTraceparent, readTraceparent, traceOf } from "../telemetry/TraceContext.ts";
import { addressFor } from "./addressFor.ts";
import { appRequest } from "./appRequest.ts";
import type { Environment } from "./Environment.ts";
import type { Environments } from "./Environments.ts";
import { enterRelease } from "./enterRelease.ts";
import type { Mount } from "./Mount.ts";
import { noteRequest } from "./noteRequest.ts";
import { type Health, ownAnswer } from "./ownAnswer.ts";

export interface Host extends Health {
  readonly environments: Environments;
  readonly mounts: readonly Mount[];
  /** Label of the one app that is served, where it is only one. */
  readonly only?: string;
  /** Public address of an app with `{app}` for its label; null takes the address of the request. */
  readonly appsUrl: string | null;
  /** How many proxies in front of this program write `X-Forwarded-For`. */
  readonly trustedProxies: number;
  readonly load: Load;
  readonly transfers: Transfers;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The caller sends the body only when it is told to. */
  readonly waits: boolean;
}

const busy = new AppError("unavailable", "This app has more requests than it can serve. Try again in a moment.");
const nowhere = new AppError("not_found", "There is no app at this address.");

export async function answerRequest(host: Host, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const began = performance.now();
  const target = request.url ?? "/";
  const own = ownAnswer(host, target, request.headers.authorization);
  if (own) return send(response, own);
  const address = addressFor(host, request);
  const serving = address && (host.environments.withLabel(address.label) ?? (await woken(host, exchange, address)));
  if (response.headersSent) return;
  const { origin } = request.headers;
  if (!address || !serving) {
    request.resume();
    return send(response, problemAnswer(nowhere, ""), openRules.fields(origin));
  }
  if (request.method === "OPTIONS") return send(response, serving.cors.preflight(origin, splitHeader(serving)));
  const mount = host.mounts.find(({ path }) => isAt(address.path, path));
  const route = mount?.route ?? "other";
  const isStream = typeof mount?.streams === "function" ? mount.streams(request.headers) : mount?.streams === true;
  const entered = enterRelease(serving, request, host);
  const environment = entered instanceof Promise ? await entered : entered;
  const { siblings, figures } = environment;
  const mayEnter = isStream || host.load.enter(siblings.requests - 1 - siblings.streams);
  const sighting = sightingOf(request);
  const routed = { address, environment, mount };
  // Whoever hangs up before there is an answer is counted too.
  let status = 499;
  let bytes = 0;
  try {
    const asked = { routed, sighting, began };
    const answer = mayEnter ? await answerWaiting(host, exchange, asked) : problemAnswer(busy, address.base);
    const fields = environment.fields(origin);
    const more = headersWith(fields, sighting, answer.status);
    status = answer.status;
    const known = answerBytes(answer, request.method);
    const { socket } = response;
    const sentBefore = socket?.bytesWritten ?? 0;
    bytes = known ?? 0;
    // How long somebody listens says nothing of how long the answer took.
    if (isStream) {
      figures.observe(status, performance.now() - began);
      noteRequest(routed, { sighting, request, status, began, bytes });
    }
    if (host.whyNotReady() !== null) response.shouldKeepAlive = false;
    // What was not read of a refused body would be taken for the next request.
    if (answer.status >= 400 && !request.complete && hasBody(request)) await linger(exchange, answer, more);
    else await sendAll(response, answer, { more, transfers: host.transfers });
    // Of a stream only the connection knows what went out.
    if (known === null) bytes = Math.max(0, (socket?.bytesWritten ?? 0) - sentBefore);
    if (isStream) environment.telemetry.use("bytesOut", bytes);
    const took = performance.now() - began;
    host.metrics.observe(route, answer.status, took);
    if (!isStream) figures.observe(answer.status, took);
  } finally {
    if (!isStream) noteRequest(routed, { sighting, request, status, began, bytes });
    environment.leave();
    if (mayEnter && !isStream) host.load.leave();
  }
}

/** An environment that was asleep; where it cannot be woken, that is told. */
async function woken(
  { environments }: Host,
  { response }: Exchange,
  { label, base }: Address,
): Promise<Environment | null> {
  try {
    await environments.wake(label);
    // What serves now, should another release have come in between.
    return environments.withLabel(label);
  } catch (error) {
    send(response, problemAnswer(error instanceof AppError ? error : internalError, base));
    return null;
  }
}

export interface Routed {
  readonly environment: Environment;
  readonly mount: Mount | undefined;
  readonly address: Address;
}

interface Asked {
  readonly routed: Routed;
  readonly sighting: Sighting;
  /** ms of the process's own clock. */
  readonly began: number;
}

/** Where others wait for connections already, whoever hangs up while in line is passed over. */
function answerWaiting(host: Host, exchange: Exchange, asked: Asked): Promise<Answer> {
  const { trace } = asked.sighting;
  return trace === null ? answerInLine(host, exchange, asked) : traceOf.run(trace, answerInLine, host, exchange, asked);
}

function answerInLine(host: Host, exchange: Exchange, asked: Asked): Promise<Answer> {
  if (!asked.routed.environment.database.isCrowded) return answerOf(host, exchange, asked);
  return callerOf.run(exchange.response, () => answerOf(host, exchange, asked));
}

async function answerOf(host: Host, exchange: Exchange, { routed, sighting, began }: Asked): Promise<Answer> {
  const { environment, mount, address } = routed;
  const { request } = exchange;
  const refusal = (error: AppError) => {
    const asked = { headers: request.headers, base: address.base };
    return mount?.refusal?.(error, asked, environment) ?? problemAnswer(error, address.base);
  };
  try {
    const known = countedCaller(host, request, { environment, sighting, began });
    const caller = known instanceof Promise ? await known : known;
    sighting.caller = caller;
    const { actor } = caller;
    if (actor.kind === "anonymous" && !isOpen(mount, request) && !mayAnything(environment.app.catalog, actor)) {
      throw new AppError("unauthenticated", "Send a valid API key: Authorization: Bearer gk_….");
    }
    if (!mount) throw new AppError("not_found", "There is nothing at this path.");
    const { transfers, appsUrl, trustedProxies } = host;
    const waiting = exchange.waits ? exchange.response : null;
    const asked = appRequest({ request, waiting, address, caller, sighting, transfers, appsUrl, trustedProxies });
    return await mount.answer(asked, environment);
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) sighting.failure = error;
    if (error instanceof AppError) {
      if (error.status >= 500) logDefect("A request could not be served.", error, { environment: environment.spec.id });
      return refusal(error);
    }
    logDefect("A request failed.", error, { environment: environment.spec.id, route: mount?.route ?? "other" });
    return refusal(internalError);
  }
}

/** Who calls, its request counted where the app bounds them. */
function countedCaller(
  { trustedProxies }: Host,
  request: IncomingMessage,
  {
    environment,
    sighting,
    began,
  }: { readonly environment: Environment; readonly sighting: Sighting; readonly began: number },
): Caller | Promise<Caller> {
  const { callers, limiter } = environment;
  if (!limiter) return callers.of(request.headers);
  const address = callerAddress(request, trustedProxies);
  const count = (admission: Admission | null) => {
    sighting.admission = admission;
    admission?.charge(1, began);
  };
  const taken = (caller: Caller): Caller => {
    count(limiter.admission(caller, address, began));
    return caller;
  };
  const refused = (error: unknown): never => {
    count(limiter.stranger(address, began));
    throw error;
  };
  let caller: Caller | Promise<Caller>;
  try {
    caller = callers.of(request.headers);
  } catch (error) {
    return refused(error);
  }
  return caller instanceof Promise ? caller.then(taken, refused) : taken(caller);
}

/** Whoever sends where a request belongs is told where it was answered; what failed can be found by that too. */
function headersWith(fields: readonly string[], sighting: Sighting, status: number): readonly string[] {
  const { admission } = sighting;
  if (status >= 500) sighting.trace ??= newTrace();
  if (admission === null && sighting.trace === null) return fields;
  return [
    ...fields,
    ...(admission?.fields() ?? []),
    ...(sighting.trace ? ["traceresponse", printTraceparent(sighting.trace)] : []),
  ];
}

function sightingOf({ headers }: IncomingMessage): Sighting {
  const sighting = new Sighting();
  const { traceparent } = headers;
  if (traceparent !== undefined) sighting.trace = readTraceparent(String(traceparent));
  return sighting;
}

/** What pages must be allowed to send besides, so that they can choose a release. */
function splitHeader({ rollout }: Environment): readonly string[] {
  return rollout?.split.by === "header" ? [rollout.split.name] : [];
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}

function isOpen(mount: Mount | undefined, request: IncomingMessage): boolean {
  return typeof mount?.open === "function" ? mount.open(request) : mount?.open === true;
}

export function isAt(path: string, mount: string): boolean {
  return mount.endsWith("/") ? path.startsWith(mount) : path === mount;
}
