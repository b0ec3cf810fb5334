import type { BelongsTo, HasOne, Relationship } from "../types.ts";

/** Whether it leads to one record at most. */
export function isToOne(relationship: Relationship): relationship is BelongsTo | HasOne {
  return relationship.kind === "belongsTo" || relationship.kind === "hasOne";
}
