/** A browser that somebody signs in with, as far as the request tells. */
export interface Visit {
  /** Network address, where known. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Hash of the browser's lasting cookie. */
  readonly deviceHash: string;
  /** The session that the browser had until now: it ends when another begins. */
  readonly sessionId: string | null;
}
