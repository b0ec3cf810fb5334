import { durationBounds } from "#lib/compile/Snapshot.ts";
import type { Durations } from "../Durations.ts";
import { type MinuteFigures, statusClasses } from "../MinuteFigures.ts";
import type { Operation } from "../Operation.ts";
import { nanoseconds, otlpAttributes, otlpResource, otlpScope, type PlainAttributes } from "./Otlp.ts";

/** Counts are what they have come to since the minute began: one that is told again is not another. */
const cumulative = 2;
const minute = 60_000;
const usageMetric = "gantry.usage";
const boundsInSeconds = durationBounds.map((bound) => bound / 1000);

interface Told {
  readonly source: string;
  /** ms since 1970. */
  readonly now: number;
}

/** An ExportMetricsServiceRequest: each minute of each release is a resource of its own. */
export function metricsRequest(figures: readonly MinuteFigures[], told: Told): object {
  return {
    resourceMetrics: figures.map((one) => ({
      resource: otlpResource(one, told.source),
      scopeMetrics: [{ scope: otlpScope, metrics: [...metricsOf(one, told.now)] }],
    })),
  };
}

function* metricsOf(figures: MinuteFigures, now: number): Iterable<object> {
  const time = {
    startTimeUnixNano: nanoseconds(figures.at),
    timeUnixNano: nanoseconds(figures.isOver ? figures.at + minute : Math.max(figures.at, now)),
  };
  const point = (attributes: PlainAttributes, more: object) => ({
    attributes: otlpAttributes(attributes),
    ...time,
    ...more,
  });
  const sum = (name: string, dataPoints: readonly object[]) => ({
    name,
    unit: "1",
    sum: { aggregationTemporality: cumulative, isMonotonic: true, dataPoints },
  });
  const operations = [...figures.operations.values()];
  const requests = operations.flatMap(({ operation, durations }) =>
    durations.flatMap((one, digit) =>
      one ? [point({ ...attributesOf(operation), ...statusOf(digit) }, histogramOf(one))] : [],
    ),
  );
  if (requests.length > 0) {
    const histogram = { aggregationTemporality: cumulative, dataPoints: requests };
    yield { name: "http.server.request.duration", unit: "s", histogram };
  }
  const calls = operations.flatMap(({ operation, callers }) =>
    [...callers].flatMap(([caller, counts]) =>
      [...counts].flatMap((count, digit) =>
        count > 0
          ? [
              point(
                { ...attributesOf(operation), "gantry.caller": caller, ...statusOf(digit) },
                { asInt: String(count) },
              ),
            ]
          : [],
      ),
    ),
  );
  if (calls.length > 0) yield sum("gantry.operation.calls", calls);
  const used = Object.entries(figures.usage).filter(([, count]) => count > 0);
  if (used.length > 0) {
    yield sum(
      usageMetric,
      used.map(([kind, count]) => point({ "gantry.usage.kind": kind }, { asInt: String(count) })),
    );
  }
  for (const [name, counters] of grouped(figures.counters.values())) {
    yield sum(
      name,
      counters.map(({ attributes, count }) => point(attributes, { asInt: String(count) })),
    );
  }
  for (const [name, readings] of grouped(figures.gauges.values())) {
    const dataPoints = readings.map(({ attributes, value }) => point(attributes, { asDouble: value }));
    yield { name, unit: readings[0]?.unit ?? "1", gauge: { dataPoints } };
  }
}

function attributesOf({ protocol, resource, action }: Operation): PlainAttributes {
  return {
    "gantry.protocol": protocol,
    ...(resource !== null && { "gantry.resource": resource }),
    ...(action !== null && { "gantry.action": action }),
  };
}

function statusOf(digit: number): PlainAttributes {
  return { "http.response.status_class": statusClasses[digit] ?? "none" };
}

function histogramOf({ count, sum, buckets }: Durations): object {
  return {
    count: String(count),
    sum: sum / 1000,
    bucketCounts: [...buckets].map(String),
    explicitBounds: boundsInSeconds,
  };
}

function grouped<One extends { readonly name: string }>(all: Iterable<One>): ReadonlyMap<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(one.name, [...(groups.get(one.name) ?? []), one]);
  return groups;
}
