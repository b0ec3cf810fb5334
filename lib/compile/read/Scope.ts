import type { Relationship } from "../../model/types.ts";
import { type Access, fullAccess } from "../../plan/access/Access.ts";
import {
  type Catalog,
  type Entity,
  entityNamed,
  type Field,
  fieldNamed,
  relationshipNamed,
} from "../../plan/catalog/Catalog.ts";
import type { FieldPath } from "../../plan/types.ts";
import { and, binary, column, constant } from "../../sql/build.ts";
import type { Expression, LeftJoin } from "../../sql/Sql.ts";
import { isPresent } from "./isPresent.ts";

/** What every part of one statement shares: the model's names, who may see what, and the aliases given so far. */
export class Compilation {
  readonly catalog: Catalog;
  readonly access: Access;
  #tables = 0;
  #rows = 0;

  constructor(catalog: Catalog, access: Access = fullAccess) {
    this.catalog = catalog;
    this.access = access;
  }

  tableAlias(): string {
    this.#tables += 1;
    return `t${this.#tables}`;
  }

  rowAlias(): string {
    this.#rows += 1;
    return `r${this.#rows}`;
  }

  entity(name: string): Entity {
    return entityNamed(this.catalog, name);
  }
}

/** Where the columns of one record are found while an object is made of it. */
export interface Scope {
  readonly entity: Entity;
  /** What is stored, whoever asks: for keys and what joins tables. */
  column(name: string): Expression;
  /** What the one who asks sees in a field. */
  value(field: Field): Expression;
}

/** The rows of a table in a FROM clause, and the tables that paths through to-one relationships join to it. */
export class TableScope implements Scope {
  readonly entity: Entity;
  readonly alias: string;
  readonly joins: LeftJoin[] = [];
  readonly #compilation: Compilation;
  readonly #hops = new Map<string, TableHop>();

  constructor(compilation: Compilation, entity: Entity) {
    this.#compilation = compilation;
    this.entity = entity;
    this.alias = compilation.tableAlias();
  }

  column(name: string): Expression {
    return column(this.alias, name);
  }

  value(field: Field): Expression {
    return this.column(field.column);
  }

  /** The column at the end of a path; null where a record on the way is missing. */
  at(path: FieldPath): { readonly field: Field; readonly expression: Expression } {
    const last = path.at(-1) ?? "";
    const hops = path.slice(0, -1);
    const end = hops.at(-1);
    if (end !== undefined && last === "id") {
      // The key of a related record stands in the foreign key already.
      const before = this.hop(hops.slice(0, -1));
      const relationship = relationshipNamed(before.entity, end);
      const { key, resource } = this.#compilation.entity(relationship.target);
      // A record that may be hidden has to be looked at all the same.
      if (relationship.kind === "belongsTo" && !resource.features?.softDelete)
        return { field: key, expression: column(before.alias, relationship.column) };
    }
    const { entity, alias } = this.hop(hops);
    const field = fieldNamed(entity, last);
    return { field, expression: column(alias, field.column) };
  }

  /** The table at the end of a path of to-one relationships, joined once. */
  hop(path: FieldPath): TableHop {
    const last = path.at(-1);
    if (last === undefined) return this;
    const name = path.join(".");
    const known = this.#hops.get(name);
    if (known) return known;
    const before = this.hop(path.slice(0, -1));
    const relationship = relationshipNamed(before.entity, last);
    const entity = this.#compilation.entity(relationship.target);
    const hop = { entity, alias: this.#compilation.tableAlias() };
    const on = and([hopCondition(before, hop, relationship), isPresent(entity, hop.alias)]);
    this.joins.push({ table: entity.resource.table, alias: hop.alias, on: on ?? constant(true) });
    this.#hops.set(name, hop);
    return hop;
  }
}

/** What tells the one record that a to-one relationship leads to. */
function hopCondition(from: TableHop, to: TableHop, relationship: Relationship): Expression {
  if (relationship.kind === "belongsTo") {
    return binary(column(to.alias, to.entity.key.column), "=", column(from.alias, relationship.column));
  }
  const via = relationship.kind === "hasOne" ? relationshipNamed(to.entity, relationship.via) : relationship;
  if (via.kind !== "belongsTo") throw new Error(`The path ${relationship.name} leads through a list.`);
  return binary(column(to.alias, via.column), "=", column(from.alias, from.entity.key.column));
}

interface TableHop {
  readonly entity: Entity;
  readonly alias: string;
}
