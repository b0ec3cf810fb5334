import type { Entity, Field } from "../../../plan/catalog/Catalog.ts";
import { column } from "../../../sql/build.ts";
import type { Scope } from "../../read/Scope.ts";

/** A row under a name that is there already: `new` and `old` in a trigger, a table in its own statement. */
export function namedRow(entity: Entity, name: string): Scope {
  return {
    entity,
    column: (stored) => column(name, stored),
    value: (field: Field) => column(name, field.column),
  };
}
