import type { Policy } from "../model/types.ts";

/**
 * How many records other policies would let people read (`POST /environments/<id>/access-counts` on a runtime's admin
 * port), beside those that hold: never which.
 */
export interface AccessCountsSpec {
  readonly resources: readonly PoliciesToTry[];
  /** Names of roles; those signed in without one and those not known are counted for as well. */
  readonly roles: readonly string[];
}

export interface PoliciesToTry {
  /** As the release that serves calls it. */
  readonly resource: string;
  readonly policies: readonly Policy[];
}

export interface AccessCounts {
  readonly counts: readonly AccessCount[];
  /** Whether there was no time for all. */
  readonly broken: boolean;
}

export interface AccessCount {
  readonly resource: string;
  /** Of people who have no records of their own: what is theirs alone does not count. */
  readonly asker: { readonly kind: "user" | "anonymous"; readonly role: string | null };
  /** Null where counting took too long, or the policies cannot be understood. */
  readonly before: number | null;
  readonly after: number | null;
}
