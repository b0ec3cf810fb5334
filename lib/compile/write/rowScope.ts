import type { Entity } from "../../plan/catalog/Catalog.ts";
import { column } from "../../sql/build.ts";
import type { Compilation, Scope } from "../read/Scope.ts";
import { seenValue } from "../read/visibility.ts";

/** One row that a statement changes or has changed; nothing can be joined to it. */
export function rowScope(compilation: Compilation, entity: Entity, alias: string): Scope {
  const scope: Scope = {
    entity,
    column: (name) => column(alias, name),
    value: (field) => seenValue(compilation, scope, field),
  };
  return scope;
}
