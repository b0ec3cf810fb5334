import { durationBounds } from "#lib/compile/Snapshot.ts";
import { env } from "#server/env.ts";
import { handleTelemetry } from "../intake/handler.ts";

interface Of {
  readonly environmentId: string;
  readonly source?: string;
  readonly release?: number;
}

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

function resource({ environmentId, source = "one", release = 1 }: Of): object {
  const number = { key: "gantry.release", value: { intValue: String(release) } };
  return { attributes: [text("gantry.environment.id", environmentId), text("service.instance.id", source), number] };
}

const nanos = (at: Date) => `${at.getTime()}000000`;

/** Requests of one operation in one minute, by how many ms they took. */
export interface SentRequests extends Of {
  readonly at: Date;
  readonly milliseconds: readonly number[];
  readonly status?: string;
}

export function durationsDocument({ at, milliseconds, status = "2xx", ...of }: SentRequests): object {
  const buckets = new Array<number>(durationBounds.length + 1).fill(0);
  for (const one of milliseconds) {
    const place = durationBounds.findIndex((bound) => one <= bound);
    const bucket = place < 0 ? durationBounds.length : place;
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  const point = {
    attributes: [
      text("gantry.protocol", "rest"),
      text("gantry.resource", "Order"),
      text("gantry.action", "read"),
      text("http.response.status_class", status),
    ],
    startTimeUnixNano: nanos(at),
    timeUnixNano: nanos(new Date(at.getTime() + 1000)),
    count: String(milliseconds.length),
    sum: milliseconds.reduce((sum, one) => sum + one, 0) / 1000,
    bucketCounts: buckets.map(String),
    explicitBounds: durationBounds.map((bound) => bound / 1000),
  };
  const histogram = { aggregationTemporality: 2, dataPoints: [point] };
  return metricsDocument(of, [{ name: "http.server.request.duration", unit: "s", histogram }]);
}

/** What was counted of use in one minute, by kind. */
export function usageDocument({
  at,
  counts,
  ...of
}: Of & { readonly at: Date; readonly counts: Readonly<Record<string, number>> }): object {
  const dataPoints = Object.entries(counts).map(([kind, count]) => ({
    attributes: [text("gantry.usage.kind", kind)],
    startTimeUnixNano: nanos(at),
    timeUnixNano: nanos(at),
    asInt: String(count),
  }));
  const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints };
  return metricsDocument(of, [{ name: "gantry.usage", unit: "1", sum }]);
}

export function gaugeDocument({ at, name, value, ...of }: Of & { at: Date; name: string; value: number }): object {
  const point = { attributes: [], startTimeUnixNano: nanos(at), timeUnixNano: nanos(at), asDouble: value };
  return metricsDocument(of, [{ name, unit: "1", gauge: { dataPoints: [point] } }]);
}

function metricsDocument(of: Of, metrics: readonly object[]): object {
  return { resourceMetrics: [{ resource: resource(of), scopeMetrics: [{ scope: { name: "gantry" }, metrics }] }] };
}

export interface SentRecord extends Of {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  readonly severityNumber?: number;
  readonly scope?: string;
  readonly traceId?: string;
  readonly attributes?: readonly object[];
}

export function logDocument({
  id,
  at,
  body,
  severityNumber = 9,
  scope = "request",
  traceId,
  attributes = [],
  ...of
}: SentRecord): object {
  const record = {
    timeUnixNano: nanos(at),
    severityNumber,
    body: { stringValue: body },
    attributes: [text("log.record.uid", id), text("gantry.scope", scope), ...attributes],
    ...(traceId && { traceId }),
  };
  return { resourceLogs: [{ resource: resource(of), scopeLogs: [{ logRecords: [record] }] }] };
}

/** Tells the control plane as a runtime does. */
export async function tell(
  signal: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const request = new Request(`http://intake/${signal}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${env().GANTRY_TELEMETRY_SECRET}`,
      "content-type": "application/json",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return await handleTelemetry(request, { params: Promise.resolve({ signal }) });
}
