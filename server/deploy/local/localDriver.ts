import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { durationBounds, type EnvironmentStatus } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { DeployDriver } from "../DeployDriver.ts";
import { slowExplanationSchema, slowReportSchema } from "../SlowReport.ts";
import { readTestRun } from "../TestRunAnswer.ts";

export interface LocalDriverOptions {
  /** The runtime's admin address and its bearer secret. */
  readonly adminUrl: string;
  readonly secret: string;
  /** Milliseconds for one call. */
  readonly timeout?: number;
  /** Milliseconds to wait before each further try to reach the runtime. */
  readonly pauses?: readonly number[];
}

/** All rows are gone through. */
const longTimeout = 15 * 60_000;

const defaultRunSeconds = 60;

const statusSchema = z.object({
  id: z.string(),
  revision: z.int(),
  release: z.int(),
  candidate: z.int().optional(),
  state: z.enum(["ready", "failed"]),
  reason: z.string().optional(),
});

const count = z.int().nonnegative();

const figuresSchema = z.object({
  at: z.iso.datetime(),
  releases: z.array(
    z.object({
      release: z.int(),
      since: z.iso.datetime(),
      requests: count,
      errors: count,
      buckets: z.array(count).length(durationBounds.length + 1),
    }),
  ),
});

const accessCountsSchema = z.object({
  counts: z.array(
    z.object({
      resource: z.string(),
      asker: z.object({ kind: z.enum(["user", "anonymous"]), role: z.string().nullable() }),
      before: count.nullable(),
      after: count.nullable(),
    }),
  ),
  broken: z.boolean(),
});

/** Drives one runtime over its admin port. */
export function localDriver(options: LocalDriverOptions): DeployDriver {
  const { adminUrl, secret, timeout = 30_000, pauses = [100, 200, 400, 800, 1600] } = options;

  interface Calling {
    readonly body?: unknown;
    /** Below the environment. */
    readonly path?: readonly string[];
    readonly patience?: number;
  }

  type Method = "GET" | "PUT" | "DELETE" | "POST";

  function call(method: Method, id: string, { path = [], ...calling }: Calling = {}): Promise<Response> {
    return send(method, ["environments", id, ...path], calling);
  }

  async function send(
    method: Method,
    path: readonly string[],
    { body, patience = timeout }: Omit<Calling, "path">,
  ): Promise<Response> {
    const url = new URL(path.map(encodeURIComponent).join("/"), adminUrl.endsWith("/") ? adminUrl : `${adminUrl}/`);
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const payload = body === undefined ? null : JSON.stringify(body);
    for (let attempt = 0; ; attempt += 1) {
      const wait = pauses[attempt];
      try {
        const response = await fetch(url, { method, headers, body: payload, signal: AbortSignal.timeout(patience) });
        // While it starts or stops it answers 503: every call may be repeated, so this one is.
        if (response.status !== 503 || wait === undefined) return response;
        await response.body?.cancel();
      } catch (error) {
        if (wait === undefined || isTimeout(error)) throw unreachable(error);
      }
      await pause(wait);
    }
  }

  return {
    async apply(spec) {
      const response = await call("PUT", spec.id, { body: spec });
      if (!response.ok) throw await refused(response);
      return readStatus(await response.json());
    },
    async observe(id) {
      const response = await call("GET", id);
      if (response.status === 404) return null;
      if (!response.ok) throw await refused(response);
      return readStatus(await response.json());
    },
    async figures(id) {
      const response = await call("GET", id, { path: ["figures"] });
      if (response.status === 404) return null;
      if (!response.ok) throw await refused(response);
      return figuresSchema.parse(await response.json());
    },
    async reencrypt(id) {
      const response = await call("POST", id, { path: ["reencrypt"], patience: longTimeout });
      if (!response.ok) throw await refused(response);
      return z.object({ values: z.int() }).parse(await response.json()).values;
    },
    async testMail(id, to) {
      const response = await call("POST", id, { path: ["mail"], body: { to } });
      if (!response.ok) throw await refused(response);
      return z.object({ reason: z.string().nullable() }).parse(await response.json()).reason;
    },
    async slowStatements(id) {
      const response = await call("GET", id, { path: ["slow-statements"] });
      if (response.status === 404) return null;
      if (!response.ok) throw await refused(response);
      return slowReportSchema.parse(await response.json());
    },
    async explainSlow(id, statement) {
      const response = await call("POST", id, { path: ["slow-statements", statement, "explain"] });
      if (response.status === 404) return null;
      if (!response.ok) throw await refused(response);
      return slowExplanationSchema.parse(await response.json());
    },
    async accessCounts(id, spec) {
      const response = await call("POST", id, { path: ["access-counts"], body: spec });
      if (response.status === 404) return null;
      if (!response.ok) throw await refused(response);
      return accessCountsSchema.parse(await response.json());
    },
    async runTests(spec) {
      const { seconds = defaultRunSeconds } = spec;
      const patience = 1000 * seconds + timeout;
      const response = await send("POST", ["tests"], { body: { ...spec, seconds }, patience });
      if (!response.ok) throw await refused(response);
      return readTestRun(await response.json());
    },
    async remove(id) {
      const response = await call("DELETE", id);
      if (!response.ok && response.status !== 404) throw await refused(response);
    },
  };
}

function readStatus(answer: unknown): EnvironmentStatus {
  const { reason, candidate, ...status } = statusSchema.parse(answer);
  return { ...status, ...(candidate !== undefined && { candidate }), ...(reason !== undefined && { reason }) };
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

function unreachable(cause: unknown): AppError {
  return new AppError("unavailable", "The runtime that serves the apps does not answer. Try again in a moment.", {
    cause,
  });
}

async function refused(response: Response): Promise<AppError> {
  const cause = new Error(`The runtime answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  return new AppError(
    "unavailable",
    "The runtime that serves the apps did not take the change. Try again in a moment.",
    { cause },
  );
}
