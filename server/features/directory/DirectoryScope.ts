import type { Database } from "#db/client.ts";
import type { Directory } from "./tokens.ts";

/** One request of a directory. */
export interface DirectoryScope {
  /** Whole: accounts are of no organisation. */
  readonly db: Database;
  readonly directory: Directory;
  readonly organisationId: string;
  /** Of its resources' addresses. */
  readonly base: string;
  /** From where it came, for the log. */
  readonly place: { readonly address: string | null; readonly userAgent: string | null };
}
