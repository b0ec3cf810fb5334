import type { Database } from "#db/client.ts";
import type { Principal } from "../access/Principal.ts";
import type { Browser } from "../auth/Browser.ts";

/** What every procedure gets. */
export interface Context {
  /** In procedures of an organisation it holds that organisation's rows and no others. */
  readonly db: Database;
  /** The whole database: for what is of no organisation, such as whether an address has an account. */
  readonly system: Database;
  readonly who: Principal | null;
  /** The caller's network address as far as it can be trusted; null when not known. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** What cookies are read from and given to; missing where the request came by no browser's way. */
  readonly browser?: Browser;
  /** Names this request in the log and in the answer to an unforeseen error. */
  readonly requestId: string;
}
