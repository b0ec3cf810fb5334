import { z } from "zod";
import { durationBounds } from "#lib/compile/Snapshot.ts";
import {
  attributes,
  keptText,
  listIn,
  nanoseconds,
  type Origin,
  readResource,
  requiredList,
  wholeNumber,
} from "./otlp.ts";

/** A row of `metric_points`. */
export interface Point {
  readonly environmentId: string;
  readonly at: Date;
  readonly name: string;
  readonly series: string;
  readonly source: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly count: number;
  readonly sum: number;
  readonly buckets: readonly number[] | null;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const cumulative = 2;
const bucketCount = durationBounds.length + 1;
const mostInBucket = 2_147_483_647;

const pointAttributes = attributes.refine((all) => JSON.stringify(all).length <= 2000);
const timed = { attributes: pointAttributes, startTimeUnixNano: nanoseconds.optional(), timeUnixNano: nanoseconds };

const histogramPoint = z.object({
  ...timed,
  count: wholeNumber,
  sum: z.number().min(0),
  bucketCounts: z.array(wholeNumber.refine((count) => count <= mostInBucket)).length(bucketCount),
  explicitBounds: z
    .array(z.number())
    .refine((bounds) => bounds.length === durationBounds.length && bounds.every(isOurBound)),
});
const sumPoint = z.object({ ...timed, asInt: wholeNumber });
const gaugePoint = z.object({ ...timed, asDouble: z.number() });

const metric = z.union([
  z.object({ name: keptText(100).min(1), histogram: z.object({ aggregationTemporality: z.literal(cumulative) }) }),
  z.object({ name: keptText(100).min(1), sum: z.object({ aggregationTemporality: z.literal(cumulative) }) }),
  z.object({ name: keptText(100).min(1), gauge: z.object({}) }),
]);

/** The points of an ExportMetricsServiceRequest, and how many did not fit. Throws AppError where it is none. */
export function readMetrics(document: unknown, now = Date.now()) {
  const points: Point[] = [];
  let rejected = 0;
  for (const group of requiredList(document, "resourceMetrics")) {
    const origin = readResource(Reflect.get(Object(group), "resource"));
    for (const scope of listIn(group, "scopeMetrics")) {
      for (const one of listIn(scope, "metrics")) {
        for (const point of pointsIn(one)) {
          const row = origin && rowOf(origin, point, now);
          if (row) points.push(row);
          else rejected += 1;
        }
      }
    }
  }
  return { points, rejected };
}

interface Given {
  /** Null where the metric is none that is kept. */
  readonly name: string | null;
  readonly kind: "histogram" | "sum" | "gauge";
  readonly point: unknown;
}

function pointsIn(given: unknown): readonly Given[] {
  const parsed = metric.safeParse(given);
  return (["histogram", "sum", "gauge"] as const).flatMap((kind) =>
    listIn(Reflect.get(Object(given), kind), "dataPoints").map((point) => ({
      name: parsed.success && kind in parsed.data ? parsed.data.name : null,
      kind,
      point,
    })),
  );
}

function rowOf({ environmentId, release, source }: Origin, { name, kind, point }: Given, now: number): Point | null {
  const read = name === null ? null : measuredIn(kind, point);
  if (name === null || !read) return null;
  const { time, measured } = read;
  const at = time.startTimeUnixNano ?? time.timeUnixNano;
  // A clock may be a little ahead; what is older than what is kept is of no use.
  if (at > now + 10 * minute || at < now - 14 * day) return null;
  const all = { ...plain(time.attributes), "gantry.release": release };
  const series = JSON.stringify(Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))));
  return { environmentId, at: new Date(at - (at % minute)), name, series, source, attributes: all, ...measured };
}

function measuredIn(kind: Given["kind"], point: unknown) {
  switch (kind) {
    case "histogram": {
      const { data } = histogramPoint.safeParse(point);
      if (!data || data.bucketCounts.reduce((sum, count) => sum + count, 0) !== data.count) return null;
      return { time: data, measured: { count: data.count, sum: data.sum, buckets: data.bucketCounts } };
    }
    case "sum": {
      const { data } = sumPoint.safeParse(point);
      return data ? { time: data, measured: { count: data.asInt, sum: 0, buckets: null } } : null;
    }
    case "gauge": {
      const { data } = gaugePoint.safeParse(point);
      return data ? { time: data, measured: { count: 0, sum: data.asDouble, buckets: null } } : null;
    }
  }
}

function isOurBound(seconds: number, at: number): boolean {
  return Math.abs(seconds * 1000 - (durationBounds[at] ?? Number.NaN)) < 1e-6;
}

function plain(all: Readonly<Record<string, string | number | boolean>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(all).map(([key, one]) => [key, typeof one === "boolean" ? String(one) : one]),
  );
}
