import type { Expression as CheckedExpression } from "../../expression/Expression.ts";
import type { Relationship } from "../../model/types.ts";
import { type Access, fullAccess } from "../../plan/access/Access.ts";
import {
  type Catalog,
  type ComputedField,
  type Entity,
  entityNamed,
  type Field,
  type ReadableField,
  readableNamed,
  referenceOf,
  relationshipNamed,
} from "../../plan/catalog/Catalog.ts";
import { partNamed, placeOfField } from "../../plan/catalog/fieldAt.ts";
import type { FieldPath } from "../../plan/types.ts";
import { and, binary, caseOf, column, constant, isNotNull } from "../../sql/build.ts";
import type { Expression, LeftJoin } from "../../sql/Sql.ts";
import { partValue } from "./partValue.ts";
import {
  allowed,
  joiningValue,
  mayBeHidden,
  readableValue,
  seenComputed,
  seenValue,
  visibleRows,
} from "./visibility.ts";

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
  /** The same of a computed field, where it was worked out before; see `readableValue`. */
  computed?(field: ComputedField): Expression;
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
  readonly #computed: (field: ComputedField) => Expression;

  constructor(compilation: Compilation, entity: Entity) {
    this.#compilation = compilation;
    this.entity = entity;
    this.alias = compilation.tableAlias();
    this.#computed = computedOnce(compilation, this);
  }

  column(name: string): Expression {
    return column(this.alias, name);
  }

  value(field: Field): Expression {
    return seenValue(this.#compilation, this, field);
  }

  computed(field: ComputedField): Expression {
    return this.#computed(field);
  }

  /** The value at the end of a path; null where a record on the way is missing. */
  at(path: FieldPath): ValueAt {
    const { catalog, access } = this.#compilation;
    const place = placeOfField(catalog, this.entity, path);
    if (place < path.length - 1) {
      const { field, expression } = this.at(path.slice(0, -1));
      const part = partNamed(catalog, field, path.at(-1) ?? "");
      return { field: part, expression: partValue(field.type, expression, part), nullable: true };
    }
    const last = path.at(-1) ?? "";
    const hops = path.slice(0, -1);
    const end = hops.at(-1);
    if (end !== undefined && last === "id") {
      // The key of a related record stands in the foreign key already.
      const before = this.hop(hops.slice(0, -1));
      const relationship = relationshipNamed(before.entity, end);
      const target = this.#compilation.entity(relationship.target);
      // A record that may be hidden has to be looked at all the same.
      if (relationship.kind === "belongsTo" && !mayBeHidden(this.#compilation, target)) {
        const expression = joiningValue(this.#compilation, before, referenceOf(before.entity, relationship));
        return { field: target.key, expression, nullable: true };
      }
    }
    const scope = this.hop(hops);
    const field = readableNamed(scope.entity, last);
    const always = hops.length === 0 && field.required && !access.fieldRead(scope.entity.name, last);
    return { field, expression: readableValue(this.#compilation, scope, field), nullable: !always };
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
      // What is worked out of a record that is not there would still be something, such as a count of 0.
      computed: (field) =>
        caseOf([{ when: isNotNull(column(alias, entity.key.column)), value: computed(field) }], constant(null)),
      hop: (further, by = seenBy) => this.hop([...path, ...further], by),
    };
    const computed = computedOnce(seenBy, hop);
    const on = and([hopCondition(seenBy, { from: before, to: hop }, relationship), visibleRows(seenBy, hop)]);
    this.joins.push({ table: entity.resource.table, alias: hop.alias, on: on ?? constant(true) });
    this.#hops.set(name, hop);
    return hop;
  }
}

/** One expression for each computed field of a row, so that PostgreSQL knows what is shown and sorted by as the same. */
function computedOnce(compilation: Compilation, scope: Scope): (field: ComputedField) => Expression {
  const known = new Map<string, Expression>();
  return (field) => {
    const expression = known.get(field.name) ?? seenComputed(compilation, scope, field);
    known.set(field.name, expression);
    return expression;
  };
}

/** The value at the end of a path. */
interface ValueAt {
  readonly field: ReadableField;
  readonly expression: Expression;
  readonly nullable: boolean;
}

interface Hop {
  readonly from: JoinedScope;
  readonly to: JoinedScope;
}

/** What tells the one record that a to-one relationship leads to. */
function hopCondition(seenBy: Compilation, { from, to }: Hop, relationship: Relationship): Expression {
  if (relationship.kind === "belongsTo") {
    const reference = joiningValue(seenBy, from, referenceOf(from.entity, relationship));
    return binary(column(to.alias, to.entity.key.column), "=", reference);
  }
  const via = relationship.kind === "hasOne" ? relationshipNamed(to.entity, relationship.via) : relationship;
  if (via.kind !== "belongsTo") throw new Error(`The path ${relationship.name} leads through a list.`);
  const reference = joiningValue(seenBy, to, referenceOf(to.entity, via));
  const toOne = binary(reference, "=", column(from.alias, from.entity.key.column));
  const seen = seenBy.access.fieldRead(from.entity.name, relationship.name);
  return and([toOne, allowed(seenBy, from, seen)]) ?? toOne;
}
