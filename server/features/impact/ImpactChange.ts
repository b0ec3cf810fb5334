import type { ApiChange } from "#lib/impact/api/ApiChange.ts";

/** How often what a change concerns was called of late. */
export interface ChangeTraffic {
  readonly requests: number;
  /** Different API keys among the callers. */
  readonly keys: number;
  /** Whether users of the app, or callers without a key, were among them too. */
  readonly others: boolean;
}

/** A change of the API for screens. */
export interface ImpactApiChange extends Omit<ApiChange, "operations"> {
  /** Names of the operations that it concerns; the first ones, and how many there are. */
  readonly operations: { readonly names: readonly string[]; readonly count: number };
  /** Null where nothing was measured, or where the change concerns no operation in particular. */
  readonly traffic: ChangeTraffic | null;
}
