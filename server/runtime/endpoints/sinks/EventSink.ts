/** One event on its way. */
export interface SinkMessage {
  /** Of the event: the same however often it is sent. */
  readonly id: string;
  readonly type: string;
  /** What is told in order: the record. */
  readonly line: string;
  /** A CloudEvent in JSON. */
  readonly body: string;
}

export interface SinkResult {
  readonly isTaken: boolean;
  /** The status of an answer by HTTP, or what else the receiver said in short. */
  readonly status: string;
  /** The beginning of the answer, or why there was none. */
  readonly excerpt: string;
  /** Seconds that the receiver asks to be left alone for. */
  readonly retryAfter: number | null;
  /** The receiver wants nothing more, ever. */
  readonly isGone: boolean;
}

/** Where events go: one port, an adapter for each kind of receiver. */
export interface EventSink {
  /** Does not throw for what the receiver does. */
  send(message: SinkMessage, signal: AbortSignal): Promise<SinkResult>;
  /** Ends its connections. */
  close(): Promise<void>;
}

export const excerptCharacters = 500;

/** Nothing has arrived. */
export function failed(status: string, reason: string): SinkResult {
  return { isTaken: false, status, excerpt: reason.slice(0, excerptCharacters), retryAfter: null, isGone: false };
}

export function taken(status: string, excerpt = ""): SinkResult {
  return { isTaken: true, status, excerpt: excerpt.slice(0, excerptCharacters), retryAfter: null, isGone: false };
}
