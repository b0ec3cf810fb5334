import type { AttributeOwner } from "#lib/model/commands/attributeOwner.ts";

/** What tells a resource or value object from others while it is edited: a resource keeps its table through renames. */
export function ownerKey(owner: AttributeOwner): string {
  return "table" in owner ? owner.table : `value object ${owner.name}`;
}
