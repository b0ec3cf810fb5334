import { z } from "zod";
import {
  type AttributeValue,
  attributes,
  keptText,
  listIn,
  nanoseconds,
  type Origin,
  readResource,
  requiredList,
} from "./otlp.ts";

export const severities = ["debug", "info", "warn", "error"] as const;
export type Severity = (typeof severities)[number];

/** A row of `log_records`. */
export interface LogRow {
  readonly id: string;
  readonly environmentId: string;
  readonly at: Date;
  readonly severity: Severity;
  readonly scope: string;
  readonly body: string;
  readonly release: number;
  readonly traceId: string | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

const minute = 60_000;
const week = 7 * 24 * 60 * minute;

const record = z.object({
  timeUnixNano: nanoseconds,
  severityNumber: z.number().int().min(1).max(24),
  body: z.object({ stringValue: keptText(8000) }),
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  attributes,
});
const marks = z.object({ "log.record.uid": z.uuid(), "gantry.scope": keptText(40).min(1) });

/** The records of an ExportLogsServiceRequest, and how many did not fit. Throws AppError where it is none. */
export function readLogs(document: unknown, now = Date.now()) {
  const records: LogRow[] = [];
  let rejected = 0;
  for (const group of requiredList(document, "resourceLogs")) {
    const origin = readResource(Reflect.get(Object(group), "resource"));
    for (const scope of listIn(group, "scopeLogs")) {
      for (const one of listIn(scope, "logRecords")) {
        const row = origin && rowOf(origin, one, now);
        if (row) records.push(row);
        else rejected += 1;
      }
    }
  }
  return { records, rejected };
}

function rowOf({ environmentId, release }: Origin, given: unknown, now: number): LogRow | null {
  const { data } = record.safeParse(given);
  const known = marks.safeParse(data?.attributes);
  if (!data || !known.success) return null;
  const at = data.timeUnixNano;
  if (at > now + 10 * minute || at < now - week) return null;
  const { "log.record.uid": id, "gantry.scope": scope } = known.data;
  const others = Object.entries(data.attributes).filter(([key]) => key !== "log.record.uid" && key !== "gantry.scope");
  return {
    id,
    environmentId,
    at: new Date(at),
    severity: severityOf(data.severityNumber),
    scope,
    body: data.body.stringValue,
    release,
    traceId: data.traceId ?? null,
    attributes: Object.fromEntries(others),
  };
}

/** By OpenTelemetry's ranges: 1 to 8 trace and debug, 9 info, 13 warn, 17 error, 21 fatal. */
function severityOf(number: number): Severity {
  if (number >= 17) return "error";
  if (number >= 13) return "warn";
  return number >= 9 ? "info" : "debug";
}
