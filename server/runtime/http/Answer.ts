import type { Readable } from "node:stream";

/** What goes back to a caller; general headers are the server's to add. */
export interface Answer {
  readonly status: number;
  /** Null when there is no body. */
  readonly contentType: string | null;
  readonly body: Uint8Array | string | null;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** Instead of a body: content that is passed on as it comes. Null where only its head is asked for. */
  readonly stream?: Readable | null;
  /** Bytes of the stream, where they are known before it has ended. */
  readonly length?: number;
  /** The stream makes nothing that its caller does not take: whoever is slow, or sleeps, is in nobody's way. */
  readonly isPatient?: true;
}

const jsonType = "application/json; charset=utf-8";

export function jsonAnswer(status: number, body: Uint8Array | string, headers: readonly string[] = []): Answer {
  return { status, contentType: jsonType, body, headers };
}

export function emptyAnswer(status: number, headers: readonly string[] = []): Answer {
  return { status, contentType: null, body: null, headers };
}
