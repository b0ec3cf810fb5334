export const severityNames = ["error", "warn", "info", "debug"] as const;
export type SeverityName = (typeof severityNames)[number];

/** What parts of an app tell of. */
export const scopes = [
  { value: "", label: "All parts" },
  { value: "request", label: "Requests" },
  { value: "process", label: "Processes" },
  { value: "delivery", label: "Deliveries" },
  { value: "hook", label: "Hooks" },
  { value: "runtime", label: "Runtime" },
  { value: "slowest", label: "Slowest requests" },
] as const;

export const spans = [
  { value: "all", label: "All that is kept" },
  { value: "day", label: "24 hours" },
  { value: "hour", label: "1 hour" },
] as const;
export type Span = (typeof spans)[number]["value"];

export interface LogFilter {
  readonly words: string;
  /** The least that is shown. */
  readonly severity: SeverityName;
  readonly scope: string;
  readonly span: Span;
  readonly release: string;
  readonly trace: string;
}

const minutes: Readonly<Record<Span, number | null>> = { all: null, day: 24 * 60, hour: 60 };

/** A filter as the server takes it. */
export function logQuery({ words, severity, scope, span, release, trace }: LogFilter, now: number) {
  const back = minutes[span];
  return {
    ...(words.trim() !== "" && { words: words.trim() }),
    ...(severity !== "debug" && { severities: severityNames.slice(0, severityNames.indexOf(severity) + 1) }),
    ...(scope !== "" && { scopes: [scope] }),
    ...(back !== null && { from: new Date(now - (now % 60_000) - back * 60_000) }),
    ...(/^\d{1,9}$/.test(release) && { release: Number(release) }),
    ...(/^[0-9a-f]{32}$/.test(trace) && { traceId: trace }),
  };
}
