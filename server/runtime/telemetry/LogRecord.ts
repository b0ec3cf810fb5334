export type Severity = "debug" | "info" | "warn" | "error";

/** Something that happened to an environment, as whoever runs it reads it. Never values of requests or of rows. */
export interface LogRecord {
  /** A record that is told twice is one. */
  readonly id: string;
  /** ms since 1970. */
  readonly at: number;
  readonly environment: string;
  readonly release: number;
  readonly severity: Severity;
  /** `request`, `slowest`, `process`, `delivery`, `hook`, `runtime`. */
  readonly scope: string;
  readonly body: string;
  readonly traceId: string | null;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}
