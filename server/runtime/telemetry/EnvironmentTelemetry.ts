import { randomUUID } from "node:crypto";
import { actionOf } from "#lib/plan/access/actionOf.ts";
import { describeError } from "../log.ts";
import type { LogRecord, Severity } from "./LogRecord.ts";
import { type GaugeReading, type MinuteFigures, noteCall, noteDuration } from "./MinuteFigures.ts";
import { nameOf, type Operation, type Operations } from "./Operation.ts";
import type { Sighting } from "./Sighting.ts";
import type { Measured, Telemetry } from "./Telemetry.ts";
import { newTrace } from "./TraceContext.ts";
import { countsAsUse, type UsageKind } from "./Usage.ts";

/** A request that takes so long is logged. */
const slowRequestMilliseconds = 1000;
/** So many of the requests that took longest are told of each minute. */
const slowestKept = 5;
/** Log records in one minute, and those of requests among them; the others are only counted. */
const mostTold = 300;
const mostLogged = 60;

export interface SeenRequest {
  readonly sighting: Sighting;
  readonly operation: Operation;
  /** 499 where the caller has gone before there was one. */
  readonly status: number;
  readonly milliseconds: number;
  /** Whether it was to change something. */
  readonly isChange: boolean;
  /** Of the answer's body. */
  readonly bytes: number;
}

export interface Told {
  readonly severity: Severity;
  readonly scope: string;
  readonly body: string;
  readonly traceId?: string | null;
  readonly attributes?: LogRecord["attributes"];
}

/** What one release of one environment has counted and told. */
export class EnvironmentTelemetry {
  readonly #telemetry: Telemetry;
  readonly #measured: Measured;
  #figures: MinuteFigures | null = null;

  constructor(telemetry: Telemetry, measured: Measured) {
    this.#telemetry = telemetry;
    this.#measured = measured;
  }

  request(seen: SeenRequest, operations: Operations): void {
    const { sighting, operation, status, milliseconds } = seen;
    const figures = this.#current;
    figures.changes += 1;
    const { usage } = figures;
    usage.bytesOut += seen.bytes;
    if (countsAsUse(status)) usage[seen.isChange ? "writes" : "reads"] += 1;
    const digit = Math.floor(status / 100);
    const ofOperation = figures.operation(operation);
    noteDuration(ofOperation, digit, milliseconds);
    const caller = callerIn(sighting);
    noteCall(ofOperation, caller, digit);
    if (sighting.further !== null) {
      for (const other of operationsIn(sighting, operation, operations))
        noteCall(figures.operation(other), caller, digit);
    }
    const { slowest } = figures;
    if (slowest.length < slowestKept || milliseconds > (slowest[0]?.milliseconds ?? 0)) {
      this.#keepSlow(seen);
    }
    if (status >= 500 || status === 429 || milliseconds >= slowRequestMilliseconds) {
      this.#logRequest(seen);
    }
  }

  /** Counts what the organisation uses besides requests. */
  use(kind: UsageKind, by = 1): void {
    const figures = this.#current;
    figures.changes += 1;
    figures.usage[kind] += by;
  }

  count(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#current.count(name, attributes);
  }

  gauge(reading: GaugeReading): void {
    this.#current.gauge(reading);
  }

  /** A record for the log; of too many in one minute the others are left out. */
  tell({ severity, scope, body, traceId = null, attributes = {} }: Told): void {
    const figures = this.#current;
    figures.told += 1;
    if (figures.told > mostTold) return;
    this.#telemetry.record(this.#record({ severity, scope, body, traceId, attributes }));
  }

  get #current(): MinuteFigures {
    if (this.#figures === null || this.#figures.isOver) this.#figures = this.#telemetry.figuresOf(this.#measured);
    return this.#figures;
  }

  #keepSlow(seen: SeenRequest): void {
    const { slowest } = this.#current;
    const { milliseconds } = seen;
    const record = this.#record({ severity: "debug", scope: "slowest", ...described(seen) });
    const at = slowest.findIndex((other) => other.milliseconds > milliseconds);
    slowest.splice(at < 0 ? slowest.length : at, 0, { milliseconds, record });
    if (slowest.length > slowestKept) slowest.shift();
  }

  #logRequest(seen: SeenRequest): void {
    const figures = this.#current;
    figures.logged += 1;
    if (figures.logged > mostLogged) return;
    const { status, milliseconds, sighting } = seen;
    const severity = status >= 500 ? "error" : "warn";
    const { body, attributes, traceId } = described(seen);
    const last = figures.logged === mostLogged;
    this.tell({
      severity,
      scope: "request",
      traceId,
      body: `${body} ${ending(status, milliseconds)}${last ? " More of this minute are only counted." : ""}`,
      attributes: { ...attributes, ...(sighting.failure !== null && describeError(sighting.failure)) },
    });
  }

  #record({ severity, scope, body, traceId = null, attributes = {} }: Told): LogRecord {
    const { environment, release } = this.#measured;
    return {
      id: randomUUID(),
      at: Date.now(),
      environment,
      release,
      severity,
      scope,
      body,
      traceId,
      attributes,
    };
  }
}

function ending(status: number, milliseconds: number): string {
  if (status >= 500) return `failed with ${status}.`;
  if (status === 429) return "was refused: the caller is over its rate.";
  return `took ${Math.round(milliseconds)} ms.`;
}

function described({ sighting, operation, status, milliseconds }: SeenRequest) {
  sighting.trace ??= newTrace();
  return {
    body: nameOf(operation),
    traceId: sighting.trace.traceId,
    attributes: {
      "gantry.protocol": operation.protocol,
      ...(operation.resource !== null && { "gantry.resource": operation.resource }),
      ...(operation.action !== null && { "gantry.action": operation.action }),
      "gantry.caller": callerIn(sighting),
      "http.response.status_code": status,
      "gantry.duration_ms": rounded(milliseconds),
      "gantry.database_ms": rounded(sighting.database),
      "gantry.statements": sighting.statements,
    },
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** The id of an API key, `user` or `anonymous`. */
function callerIn({ caller }: Sighting): string {
  if (caller === null || caller.actor.kind === "anonymous") return "anonymous";
  return caller.key ?? "user";
}

/** What else was asked for in the same request, each once. */
function operationsIn({ further }: Sighting, first: Operation, operations: Operations): ReadonlySet<Operation> {
  const others = (further ?? []).map((shape) => operations.of(first.protocol, shape.resource, actionOf(shape)));
  const all = new Set(others);
  all.delete(first);
  return all;
}
