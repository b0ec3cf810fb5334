import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";

/** W3C Trace Context: where a request belongs. */
export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits: what is done here. */
  readonly spanId: string;
  /** What asked for it; null where it begins here. */
  readonly parentId: string | null;
  readonly sampled: boolean;
}

/** Set while a request that belongs to a trace is answered, and while a run of a process goes on. */
export const traceOf = new AsyncLocalStorage<TraceContext>();

const form = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const nothing = /^0+$/;

/** Null for what is not of the form: whoever sends that begins no trace. */
export function readTraceparent(text: string): TraceContext | null {
  const [, traceId = "", parentId = "", flags = "", rest] = form.exec(text) ?? [];
  if (traceId === "" || nothing.test(traceId) || nothing.test(parentId)) return null;
  // Version 00 ends with the flags.
  if (rest !== undefined && text.startsWith("00")) return null;
  return { traceId, spanId: newSpanId(), parentId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function newTrace(): TraceContext {
  return { traceId: randomBytes(16).toString("hex"), spanId: newSpanId(), parentId: null, sampled: true };
}

/** The trace of something that has a UUID: its number is that of the trace too. */
export function traceOfId(id: string): TraceContext {
  return { traceId: id.replaceAll("-", ""), spanId: newSpanId(), parentId: null, sampled: true };
}

/** As it is sent on, and back in `traceresponse`. */
export function printTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

function newSpanId(): string {
  return randomBytes(8).toString("hex");
}
