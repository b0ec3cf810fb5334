import { randomUUID } from "node:crypto";
import type { LogRecord } from "./LogRecord.ts";
import { MinuteFigures } from "./MinuteFigures.ts";

const minute = 60_000;
/** Records that wait to be told; beyond that the oldest go. */
const mostRecords = 5000;

/** Whom figures are of. */
export interface Measured {
  readonly environment: string;
  readonly release: number;
  readonly label: string;
}

/** What a runtime tells others by. */
export interface TelemetryReader {
  /** A minute has ended: these are its figures, which nothing is added to any more. */
  readonly ended: (figures: readonly MinuteFigures[]) => void;
  readonly record: (record: LogRecord) => void;
}

/**
 * What this process counts of the environments that it serves, minute by minute. Counting touches only numbers of the
 * minute under way; whoever tells others takes them from there. An environment that does nothing has nothing here.
 */
export class Telemetry {
  /** Of this process: figures of several add up. */
  readonly source = randomUUID();
  #at: number;
  #current = new Map<string, MinuteFigures>();
  readonly #readers: TelemetryReader[] = [];

  constructor(now = Date.now()) {
    this.#at = minuteOf(now);
  }

  /** The figures of the minute under way. */
  get current(): readonly MinuteFigures[] {
    return [...this.#current.values()];
  }

  read(reader: TelemetryReader): void {
    this.#readers.push(reader);
  }

  figuresOf(measured: Measured): MinuteFigures {
    const key = `${measured.environment} ${measured.release}`;
    let figures = this.#current.get(key);
    if (!figures) {
      figures = new MinuteFigures({ ...measured, at: this.#at });
      this.#current.set(key, figures);
    }
    return figures;
  }

  record(record: LogRecord): void {
    for (const reader of this.#readers) reader.record(record);
  }

  /** Ends the minute where another has begun. */
  turn(now = Date.now()): void {
    const at = minuteOf(now);
    if (at === this.#at) return;
    this.#end();
    this.#at = at;
  }

  #end(): void {
    const figures = this.current;
    this.#current = new Map();
    for (const one of figures) {
      one.isOver = true;
      for (const { record } of one.slowest) this.record(record);
    }
    if (figures.length > 0) for (const reader of this.#readers) reader.ended(figures);
  }

  /** Ends the minute under way before its time: this process counts nothing more. */
  stop(): void {
    this.#end();
  }
}

/** Adds to records that wait, and lets the oldest go where they are too many. */
export function keepRecord(records: LogRecord[], record: LogRecord): void {
  records.push(record);
  if (records.length > mostRecords) records.splice(0, records.length - mostRecords);
}

function minuteOf(now: number): number {
  return now - (now % minute);
}
