import type { Cors } from "#lib/model/types.ts";
import { type Answer, emptyAnswer } from "../Answer.ts";

/** What pages may read of an answer besides what they may always. */
const exposed = [
  "Accept-Ranges",
  "Allow",
  "Content-Disposition",
  "Content-Range",
  "Deprecation",
  "ETag",
  "Gantry-Release",
  "Idempotency-Replayed",
  "Link",
  "Location",
  "Preference-Applied",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "Sunset",
  "Traceresponse",
].join(", ");

const methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/** What pages may send. */
const sendable = [
  "Accept",
  "Authorization",
  "Content-Disposition",
  "Content-Type",
  "Gantry-Act-As",
  "GraphQL-Require-Preflight",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "Last-Event-ID",
  "Prefer",
  "Range",
  "Traceparent",
  "Tracestate",
  "X-API-Key",
  "X-GraphQL-Event-Stream-Token",
].join(", ");

const oneDay = 86_400;

/**
 * Which pages may call an app, and what they may see of its answers. Nothing here rests on cookies, so that a browser
 * sends nothing along that the page could not send by itself; that is why an app that does not say allows every origin.
 */
export class CorsRules {
  /** Null: every origin. */
  readonly #origins: ReadonlySet<string> | null;
  readonly #maxAge: string;
  readonly #varies: readonly string[];

  constructor(cors?: Cors) {
    this.#origins = cors ? new Set(cors.origins) : null;
    this.#maxAge = String(cors?.maxAge ?? oneDay);
    // What is the same for all may be kept for all.
    this.#varies = this.#origins && this.#origins.size > 0 ? ["vary", "Origin"] : [];
  }

  /** For every answer, names and values in turn; only browsers tell where a request comes from. */
  fields(origin: string | undefined): readonly string[] {
    if (origin === undefined) return this.#varies;
    const allowed = this.#allowed(origin);
    return allowed === null ? this.#varies : [...this.#varies, ...allowed, "access-control-expose-headers", exposed];
  }

  /** What a browser is told that asks before it sends a request of its page, which may have more fields than usual. */
  preflight(origin: string | undefined, moreSendable: readonly string[] = []): Answer {
    const allowed = origin === undefined ? null : this.#allowed(origin);
    const fields = [sendable, ...moreSendable].join(", ");
    const told = ["access-control-allow-methods", methods, "access-control-allow-headers", fields];
    const more = allowed ? [...allowed, ...told, "access-control-max-age", this.#maxAge] : [];
    return emptyAnswer(204, ["allow", methods, ...this.#varies, ...more]);
  }

  /** Whether a page of this origin may open a WebSocket, which browsers do not ask about first. */
  allows(origin: string | undefined): boolean {
    return origin === undefined || this.#allowed(origin) !== null;
  }

  #allowed(origin: string): readonly string[] | null {
    if (!this.#origins) return anyOrigin;
    return this.#origins.has(origin) ? ["access-control-allow-origin", origin] : null;
  }
}

const anyOrigin = ["access-control-allow-origin", "*"];

/** The rules of whatever does not say: no app at all, and most apps. */
export const openRules = new CorsRules();
