import autocannon from "autocannon";
import { cpuSince, cpuTimes } from "../cpuTime.ts";

export interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
}

export interface Target {
  readonly pid: number;
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Sample {
  readonly perSecond: number;
  /** Of server and PostgreSQL, in µs per request. */
  readonly cpu: number;
  /** ms within which 99 of 100 requests are answered. */
  readonly p99: number;
  readonly errors: number;
}

/** Loads a server for some seconds over 32 kept connections. */
export async function takeSample(
  target: Target,
  calls: readonly Call[],
  { seconds, postgres }: { readonly seconds: number; readonly postgres: number },
): Promise<Sample> {
  const { pathname, origin } = new URL(target.base);
  const prefix = pathname === "/" ? "" : pathname;
  const before = [cpuTimes(target.pid), cpuTimes(postgres)] as const;
  const result = await autocannon({
    url: origin,
    connections: 32,
    duration: seconds,
    requests: calls.map(({ method, path, body }) => ({
      method,
      path: prefix + path,
      headers: { ...target.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body }),
    })),
  });
  const cpu = cpuSince(before[0], cpuTimes(target.pid)) + cpuSince(before[1], cpuTimes(postgres));
  const done = result["2xx"];
  return {
    perSecond: done / result.duration,
    cpu: (cpu * 1000) / Math.max(done, 1),
    p99: result.latency.p99,
    errors: result.non2xx + result.errors,
  };
}
