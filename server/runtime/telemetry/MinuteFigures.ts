import { Durations } from "./Durations.ts";
import type { LogRecord } from "./LogRecord.ts";
import type { Operation } from "./Operation.ts";
import { Usage } from "./Usage.ts";

/** Answers by the first digit of their status; 0 for none. */
export const statusClasses = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"] as const;

export interface OperationFigures {
  readonly operation: Operation;
  /** By the first digit of the status. */
  readonly durations: (Durations | null)[];
  /** How often it was called, by who calls and then by the first digit of the status. */
  readonly callers: Map<string, Uint32Array>;
}

/** Something that is counted besides requests, such as runs of a process. */
export interface Counter {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  count: number;
}

export interface GaugeReading {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The largest of the minute. */
  value: number;
}

/** One of the requests that took longest. */
export interface SlowRequest {
  readonly milliseconds: number;
  readonly record: LogRecord;
}

/** What was counted of one release of one environment within one minute. */
export class MinuteFigures {
  readonly environment: string;
  readonly release: number;
  readonly label: string;
  /** ms since 1970 at which the minute begins. */
  readonly at: number;
  /** Another minute has begun: nothing is counted here any more. */
  isOver = false;
  /** Grows with whatever is counted. */
  changes = 0;
  readonly operations = new Map<Operation, OperationFigures>();
  readonly counters = new Map<string, Counter>();
  readonly gauges = new Map<string, GaugeReading>();
  readonly usage = new Usage();
  /** The slowest last. */
  readonly slowest: SlowRequest[] = [];
  /** Log records of this minute, and those of requests among them. */
  told = 0;
  logged = 0;

  constructor(parts: Pick<MinuteFigures, "environment" | "release" | "label" | "at">) {
    this.environment = parts.environment;
    this.release = parts.release;
    this.label = parts.label;
    this.at = parts.at;
  }

  operation(operation: Operation): OperationFigures {
    let figures = this.operations.get(operation);
    if (!figures) {
      figures = { operation, durations: [null, null, null, null, null, null], callers: new Map() };
      this.operations.set(operation, figures);
    }
    return figures;
  }

  count(name: string, attributes: Readonly<Record<string, string>>, by = 1): void {
    this.changes += 1;
    const key = `${name} ${Object.values(attributes).join(" ")}`;
    const counter = this.counters.get(key);
    if (counter) counter.count += by;
    else this.counters.set(key, { name, attributes, count: by });
  }

  gauge({ name, unit, attributes, value }: GaugeReading): void {
    const key = `${name} ${Object.values(attributes).join(" ")}`;
    const reading = this.gauges.get(key);
    if (reading && reading.value >= value) return;
    this.changes += 1;
    if (reading) reading.value = value;
    else this.gauges.set(key, { name, unit, attributes, value });
  }
}

export function noteDuration(figures: OperationFigures, digit: number, milliseconds: number): void {
  let durations = figures.durations[digit];
  if (!durations) {
    durations = new Durations();
    figures.durations[digit] = durations;
  }
  durations.add(milliseconds);
}

export function noteCall(figures: OperationFigures, caller: string, digit: number): void {
  let counts = figures.callers.get(caller);
  if (!counts) {
    counts = new Uint32Array(statusClasses.length);
    figures.callers.set(caller, counts);
  }
  counts[digit] = (counts[digit] ?? 0) + 1;
}
