import type { Entity } from "../../plan/catalog/Catalog.ts";
import type { WriteShape } from "../../plan/types.ts";

/** Which tables the statement of a change writes to. */
export function changedTables({ resource, relationships }: Entity, shape: WriteShape): ReadonlySet<string> {
  const tables = new Set([resource.table]);
  if (!("links" in shape)) return tables;
  for (const { relationship: name } of shape.links) {
    const relationship = relationships.get(name);
    if (relationship?.kind === "manyToMany") tables.add(relationship.table);
  }
  return tables;
}
