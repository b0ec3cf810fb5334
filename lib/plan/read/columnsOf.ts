import { type Catalog, type Entity, entityNamed, type ReadableField, readableNamed } from "../catalog/Catalog.ts";
import type { Selection } from "../types.ts";

/** One column of a table of records. */
export interface RowColumn {
  /** Names in the answer, from the record to the value: `["company", "name"]`. */
  readonly path: readonly string[];
  /** Whose field it is. */
  readonly entity: Entity;
  readonly field: ReadableField;
}

/** The columns that a selection comes to. It may reach into related records, one for each, and not into lists. */
export function columnsOf(catalog: Catalog, entity: Entity, selection: Selection): readonly RowColumn[] {
  return selection.flatMap((member): readonly RowColumn[] => {
    switch (member.kind) {
      case "field":
        return [{ path: [member.as], entity, field: readableNamed(entity, member.field) }];
      case "one": {
        const target = entityNamed(catalog, entity.relationships.get(member.relationship)?.target ?? "");
        const inner = columnsOf(catalog, target, member.selection);
        return inner.map((column) => ({ ...column, path: [member.as, ...column.path] }));
      }
      default:
        throw new Error(`A table has no column for ${member.as}.`);
    }
  });
}
