import type { BelongsTo } from "../types.ts";

/** The API field that holds the key of the record a belongsTo leads to: `company` to `companyId`. */
export function foreignKeyField(relationship: Pick<BelongsTo, "name">): string {
  return `${relationship.name}Id`;
}
