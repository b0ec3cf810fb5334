import { printTraceparent, traceOf } from "../telemetry/TraceContext.ts";
import { EgressError } from "./EgressError.ts";
import { guardFor } from "./EgressGuard.ts";
import { exchange } from "./exchange.ts";
import { readUrl } from "./readUrl.ts";

export interface OutRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface OutOptions {
  /** `EgressSpec.allow`: what may be reached besides the open internet. */
  readonly allow: readonly string[];
  readonly signal?: AbortSignal;
  /** For all of it, redirects included. */
  readonly timeoutSeconds?: number;
  readonly maxBytes?: number;
  /** How many are followed; with none a redirect is the answer. */
  readonly redirects?: number;
  /** Whether a body that is longer is cut instead of refused. */
  readonly cut?: boolean;
  /** Connections are used again: for requests that may arrive twice. */
  readonly keepsConnection?: boolean;
  /** Headers besides Authorization and Cookie that must not reach another origin. */
  readonly credentialHeaders?: readonly string[];
}

export interface OutAnswer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Where it came from, after redirects. */
  readonly url: string;
}

/**
 * A request by HTTP to a place that an app names. Every address is judged after its name was resolved, again at each
 * redirect, and is the one that is connected to. Throws EgressError.
 */
export async function outFetch(request: OutRequest, options: OutOptions): Promise<OutAnswer> {
  const { allow, signal, timeoutSeconds = 30, maxBytes = 1 << 20, redirects = 0 } = options;
  const { cut = false, keepsConnection = false, credentialHeaders = [] } = options;
  const timeout = AbortSignal.timeout(1000 * timeoutSeconds);
  const guard = guardFor(allow);
  const terms = {
    guard,
    maxBytes,
    cut,
    keepsConnection,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  };
  let call: Call = { ...request, url: readUrl(request.url), headers: withTrace(request.headers ?? {}) };
  try {
    for (let followed = 0; ; followed += 1) {
      const answer = await exchange(call, terms);
      const { location } = answer.headers;
      if (redirects === 0 || location === undefined || !isRedirect(answer.status)) {
        return { ...answer, url: call.url.href };
      }
      if (followed === redirects) {
        throw new EgressError("unusable_answer", `${call.url.host} leads on more than ${redirects} times.`);
      }
      call = redirected(call, { location, status: answer.status, credentialHeaders });
    }
  } catch (error) {
    if (error instanceof EgressError) throw error;
    if (signal?.aborted) throw new EgressError("aborted", "The request was broken off.", { cause: error });
    if (timeout.aborted) {
      throw new EgressError("timed_out", `${call.url.host} did not answer within ${timeoutSeconds} seconds.`, {
        cause: error,
      });
    }
    throw new EgressError("unreachable", `${call.url.host} could not be reached: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

/** Whoever is asked learns what that belongs to, unless the app says so itself. */
function withTrace(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const trace = traceOf.getStore();
  if (!trace || Object.keys(headers).some((name) => name.toLowerCase() === "traceparent")) return headers;
  return { ...headers, traceparent: printTraceparent(trace) };
}

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status);

const credentials: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization"]);
const ofBody: ReadonlySet<string> = new Set(["content-type", "content-encoding", "content-language"]);

interface Redirect {
  readonly location: string;
  readonly status: number;
  readonly credentialHeaders: readonly string[];
}

function redirected(call: Call, { location, status, credentialHeaders }: Redirect): Call {
  const url = readUrl(location, call.url);
  if (call.url.protocol === "https:" && url.protocol === "http:") {
    throw new EgressError("unusable_answer", `${call.url.host} leads from https to http.`);
  }
  const secret = new Set([...credentials, ...credentialHeaders.map((name) => name.toLowerCase())]);
  const isElsewhere = url.origin !== call.url.origin;
  const becomesGet = status === 303 ? call.method !== "HEAD" : status < 303 && call.method === "POST";
  const headers = Object.fromEntries(
    Object.entries(call.headers).filter(([name]) => {
      const lower = name.toLowerCase();
      return !(isElsewhere && secret.has(lower)) && !(becomesGet && ofBody.has(lower));
    }),
  );
  if (becomesGet) return { method: "GET", url, headers };
  return { ...call, url, headers };
}

/** Names of the system's errors, which hold no address. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? (/^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : "the connection broke off");
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody takes connections there",
  ECONNRESET: "the connection broke off",
  EHOSTUNREACH: "there is no way to that host",
  ENETUNREACH: "there is no way to that network",
  ETIMEDOUT: "no connection came about in time",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by nobody known",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by nobody known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by nobody known",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  HPE_HEADER_OVERFLOW: "its headers are too large",
};
