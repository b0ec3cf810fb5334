import type { Database } from "#db/client.ts";

/** Who asks: someone whose session was checked. */
export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** What every procedure gets. */
export interface Context {
  readonly db: Database;
  readonly user: SessionUser | null;
  /** How they showed who they are: signed in in a browser, or by a personal token. */
  readonly by: "session" | "token";
  /** The caller's network address as far as it can be trusted; null when not known. */
  readonly address: string | null;
  /** Names this request in the log and in the answer to an unforeseen error. */
  readonly requestId: string;
}
