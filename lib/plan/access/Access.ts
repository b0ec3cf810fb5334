import type { Expression } from "../../expression/Expression.ts";

/**
 * What one actor may do, as conditions on records: made of the policies once for all actors that they do not tell apart,
 * and worked into the statement. Conditions are boolean; only what comes out true is let through. Null lets all through.
 */
export interface Access {
  /** Equal for actors whose plans compile to the same statements. */
  readonly key: string;
  /** Which records of the resource the action may see (`read`) or touch, by the name of the action. */
  rows(resource: string, action: string): Expression | null;
  /** Where a field may be seen; elsewhere it shows, filters and sorts as null. */
  fieldRead(resource: string, field: string): Expression | null;
  /** What the record must fulfil once the action has changed or created it. */
  result(resource: string, action: string): Expression | null;
}

/** Lets everything through: for what the app itself does, and for keys of its own servers. */
export const fullAccess: Access = {
  key: "",
  rows: () => null,
  fieldRead: () => null,
  result: () => null,
};
