import autocannon from "autocannon";
import { cpuSince, cpuTimes } from "../cpuTime.ts";
import type { Work } from "./works.ts";

export interface Target {
  readonly name: string;
  readonly pid: number;
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Which spelling of a request it understands. */
  readonly path: "gantry" | "rival";
}

export interface Sample {
  readonly perSecond: number;
  /** Of server and PostgreSQL, in µs per request. */
  readonly cpu: number;
  readonly errors: number;
}

/** Loads a server for some seconds over 32 kept connections. */
export async function takeSample(
  target: Target,
  work: Work,
  { seconds, postgres }: { readonly seconds: number; readonly postgres: number },
): Promise<Sample> {
  const { pathname, origin } = new URL(target.base);
  const prefix = pathname === "/" ? "" : pathname;
  const before = [cpuTimes(target.pid), cpuTimes(postgres)] as const;
  const result = await autocannon({
    url: origin,
    connections: 32,
    duration: seconds,
    requests: work.requests.map((request) => ({
      method: request.method,
      path: prefix + request[target.path],
      headers: { ...target.headers, ...(request.body === undefined ? {} : { "content-type": "application/json" }) },
      ...(request.body === undefined ? {} : { body: request.body }),
    })),
  });
  const cpu = cpuSince(before[0], cpuTimes(target.pid)) + cpuSince(before[1], cpuTimes(postgres));
  const done = result["2xx"];
  return {
    perSecond: done / result.duration,
    cpu: (cpu * 1000) / Math.max(done, 1),
    errors: result.non2xx + result.errors,
  };
}
