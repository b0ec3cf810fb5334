import type { Resource } from "../types.ts";
import { snakeCase } from "./snakeCase.ts";

/** The table of a resource that names none. */
export function defaultTable(resource: Pick<Resource, "plural">): string {
  return snakeCase(resource.plural);
}

/** The column of an attribute that names none. */
export function defaultColumn(attributeName: string): string {
  return snakeCase(attributeName);
}

/** The foreign key column of a belongsTo that names none. */
export function defaultForeignKey(relationshipName: string): string {
  return `${snakeCase(relationshipName)}_id`;
}

export interface JoinNames {
  readonly table: string;
  readonly sourceColumn: string;
  readonly targetColumn: string;
}

/** The join table of a manyToMany that names none: by the side that owns it and the relationship's name there. */
export function defaultJoin(owner: Pick<Resource, "name" | "table">, relationship: string, target: string): JoinNames {
  const self = owner.name === target;
  return {
    table: `${owner.table}_${snakeCase(relationship)}`,
    sourceColumn: self ? "source_id" : `${snakeCase(owner.name)}_id`,
    targetColumn: self ? "target_id" : `${snakeCase(target)}_id`,
  };
}
