import type { Verdict } from "../../plan/access/matrix/cellOf.ts";

/**
 * `wider`: they may do more than before, `narrower`: less; `other`: under conditions of which neither is known to hold the
 * other; `new`: what they may do with records that there were none of before.
 */
export type AccessDirection = "wider" | "narrower" | "other" | "new";

/** Kinds of people that policies tell apart, in words. */
export interface AskerWords {
  readonly id: string;
  /** At the head of a column. */
  readonly name: string;
  /** Everybody may be such a one: whoever is signed in, or even nobody known. */
  readonly isOpen: boolean;
}

/** One difference in who may do what. */
export interface PolicyChange {
  readonly direction: AccessDirection;
  /** As it is called now. */
  readonly resource: string;
  readonly asker: AskerWords;
  /** Of the records; null for what is said of a field. */
  readonly action: string | null;
  readonly field: { readonly name: string; readonly side: "read" | "write" } | null;
  readonly before: Verdict;
  readonly after: Verdict;
  /** Without its full stop. */
  readonly sentence: string;
}

/** Who may do what with the records of a resource, before and after: kinds of people by actions. */
export interface AccessMatrix {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly rows: readonly {
    readonly asker: AskerWords;
    /** One for each action; null on a side where there is no such action. */
    readonly cells: readonly AccessCell[];
  }[];
}

export interface AccessCell {
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  /** Null where it is as before. */
  readonly direction: AccessDirection | null;
}

export interface PolicyChanges {
  /** Those that widen access first. */
  readonly changes: readonly PolicyChange[];
  /** Of the resources of which anything differs. */
  readonly matrices: readonly AccessMatrix[];
}
