import type { Expression } from "../../expression/Expression.ts";

/**
 * What one actor may do, as conditions on records: made of the policies once for all actors that they do not tell apart,
 * and worked into the statement. Conditions are boolean; only what comes out true is let through. Null lets all through,
 * and the literal `false` (`isNever`) nothing whatever the record.
 *
 * Conditions see the system's view: related records and fields that the actor may not see count as they are.
 */
export interface Access {
  /** Equal for actors whose plans compile to the same statements. */
  readonly key: string;
  /**
   * Which records of the resource the action may see (reads) or touch (updates and destroys), by the name of the action.
   * What touches a record needs `rows(resource, "read")` too: nobody changes what they cannot see. Null for creates.
   */
  rows(resource: string, action: string): Expression | null;
  /** What the record must fulfil once the action has changed or created it. Null for reads and destroys. */
  result(resource: string, action: string): Expression | null;
  /**
   * Where a field may be seen; elsewhere it shows, filters and sorts as null. The field of a belongsTo is `<name>Id`, and
   * the relationship leads where its field may be seen; a relationship to many, or of a hasOne, goes by its own name.
   */
  fieldRead(resource: string, field: string): Expression | null;
  /** Where a caller may set a field: of an update by the record before the change, of a create by the new record. */
  fieldWrite(resource: string, field: string): Expression | null;
}

/** Lets everything through: for what the app itself does, and for keys of its own servers. */
export const fullAccess: Access = {
  key: "",
  rows: () => null,
  result: () => null,
  fieldRead: () => null,
  fieldWrite: () => null,
};

/** A condition that no record fulfils, whatever it holds. */
export function isNever(condition: Expression | null): boolean {
  return condition?.kind === "literal" && condition.value === false;
}
