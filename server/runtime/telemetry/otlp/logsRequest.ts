import type { LogRecord, Severity } from "../LogRecord.ts";
import { nanoseconds, otlpAttributes, otlpResource, otlpScope } from "./Otlp.ts";

const severityNumbers: Readonly<Record<Severity, number>> = { debug: 5, info: 9, warn: 13, error: 17 };

/** An ExportLogsServiceRequest: each release is a resource of its own. */
export function logsRequest(records: readonly LogRecord[], source: string): object {
  const groups = Map.groupBy(records, ({ environment, release }) => `${environment} ${release}`);
  return {
    resourceLogs: [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const logRecords = group.map(otlpRecord);
      return [{ resource: otlpResource(first, source), scopeLogs: [{ scope: otlpScope, logRecords }] }];
    }),
  };
}

function otlpRecord({ id, at, severity, scope, body, traceId, attributes }: LogRecord): object {
  return {
    timeUnixNano: nanoseconds(at),
    observedTimeUnixNano: nanoseconds(at),
    severityNumber: severityNumbers[severity],
    severityText: severity.toUpperCase(),
    body: { stringValue: body },
    attributes: otlpAttributes({ "log.record.uid": id, "gantry.scope": scope, ...attributes }),
    ...(traceId !== null && { traceId }),
  };
}
