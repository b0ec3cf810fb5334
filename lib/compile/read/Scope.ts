import type { Expression as CheckedExpression } from "../../expression/Expression.ts";
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
import { partNamed, placeOfField } from "../../plan/catalog/fieldAt.ts";
import type { FieldPath } from "../../plan/types.ts";
import { and, binary, column, constant } from "../../sql/build.ts";
import type { Expression, LeftJoin } from "../../sql/Sql.ts";
import { isPresent } from "./isPresent.ts";
import { partValue } from "./partValue.ts";

/** Makes SQL of a checked expression about the record in scope; expressions read scopes, so that they are above them. */
export type ExpressionToSql = (compilation: Compilation, scope: Scope, expression: CheckedExpression) => Expression;

interface CompilationParts {
  readonly catalog: Catalog;
  readonly access: Access;
  readonly toSql: ExpressionToSql;
  readonly aliases?: Aliases;
}

/**
 * What every part of one statement shares: the model's names, who may see what, and the aliases given so far.
 * `compilationOf` makes one.
 */
export class Compilation {
  readonly catalog: Catalog;
  readonly access: Access;
  readonly #toSql: ExpressionToSql;
  readonly #aliases: Aliases;

  constructor({ catalog, access, toSql, aliases = new Aliases() }: CompilationParts) {
    this.catalog = catalog;
    this.access = access;
    this.#toSql = toSql;
    this.#aliases = aliases;
  }

  /** The same statement as the app itself sees it: for policies, validations and whatever else is not shown. */
  asSystem(): Compilation {
    if (this.access === fullAccess) return this;
    return new Compilation({
      catalog: this.catalog,
      access: fullAccess,
      toSql: this.#toSql,
      aliases: this.#aliases,
    });
  }

  /** What an expression comes out as for the record in scope, as far as `access` lets see. */
  sqlOf(scope: Scope, expression: CheckedExpression): Expression {
    return this.#toSql(this, scope, expression);
  }

  tableAlias(): string {
    return this.#aliases.table();
  }

  rowAlias(): string {
    return this.#aliases.row();
  }

  entity(name: string): Entity {
    return entityNamed(this.catalog, name);
  }
}

class Aliases {
  #tables = 0;
  #rows = 0;

  table(): string {
    this.#tables += 1;
    return `t${this.#tables}`;
  }

  row(): string {
    this.#rows += 1;
    return `r${this.#rows}`;
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

/** A row that further tables can be joined to. */
export interface JoinedScope extends Scope {
  readonly alias: string;
  /** The row at the end of a path of to-one relationships, as `seenBy` sees it. */
  hop(path: FieldPath, seenBy?: Compilation): JoinedScope;
}

export function isJoined(scope: Scope): scope is JoinedScope {
  return "hop" in scope;
}

/** The rows of a table in a FROM clause, and the tables that paths through to-one relationships join to it. */
export class TableScope implements JoinedScope {
  readonly entity: Entity;
  readonly alias: string;
  readonly joins: LeftJoin[] = [];
  readonly #compilation: Compilation;
  readonly #hops = new Map<string, JoinedScope>();

  constructor(compilation: Compilation, entity: Entity) {
    this.#compilation = compilation;
    this.entity = entity;
    this.alias = compilation.tableAlias();
  }

  column(name: string): Expression {
    return column(this.alias, name);
  }

  value(field: Field): Expression {
    return seenValue(this.#compilation, this, field);
  }

  /** The value at the end of a path; null where a record on the way is missing. */
  at(path: FieldPath): { readonly field: Field; readonly expression: Expression } {
    const { catalog } = this.#compilation;
    const place = placeOfField(catalog, this.entity, path);
    if (place < path.length - 1) {
      const { field, expression } = this.at(path.slice(0, -1));
      const part = partNamed(catalog, field, path.at(-1) ?? "");
      return { field: part, expression: partValue(field.type, expression, part) };
    }
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
    const scope = this.hop(hops);
    const field = fieldNamed(scope.entity, last);
    return { field, expression: scope.value(field) };
  }

  /** Each is joined once for each that looks. */
  hop(path: FieldPath, seenBy: Compilation = this.#compilation): JoinedScope {
    const last = path.at(-1);
    if (last === undefined) return this;
    const name = `${seenBy.access.key} ${path.join(".")}`;
    const known = this.#hops.get(name);
    if (known) return known;
    const before = this.hop(path.slice(0, -1), seenBy);
    const relationship = relationshipNamed(before.entity, last);
    const entity = this.#compilation.entity(relationship.target);
    const alias = this.#compilation.tableAlias();
    const hop: JoinedScope = {
      entity,
      alias,
      column: (stored) => column(alias, stored),
      value: (field) => seenValue(seenBy, hop, field),
      hop: (further, by = seenBy) => this.hop([...path, ...further], by),
    };
    const on = and([hopCondition(before, hop, relationship), isPresent(entity, hop.alias)]);
    this.joins.push({ table: entity.resource.table, alias: hop.alias, on: on ?? constant(true) });
    this.#hops.set(name, hop);
    return hop;
  }
}

/** What the one who asks sees in a field of a row. */
export function seenValue(_compilation: Compilation, scope: Scope, field: Field): Expression {
  return scope.column(field.column);
}

/** What tells the one record that a to-one relationship leads to. */
function hopCondition(from: JoinedScope, to: JoinedScope, relationship: Relationship): Expression {
  if (relationship.kind === "belongsTo") {
    return binary(column(to.alias, to.entity.key.column), "=", column(from.alias, relationship.column));
  }
  const via = relationship.kind === "hasOne" ? relationshipNamed(to.entity, relationship.via) : relationship;
  if (via.kind !== "belongsTo") throw new Error(`The path ${relationship.name} leads through a list.`);
  return binary(column(to.alias, via.column), "=", column(from.alias, from.entity.key.column));
}
