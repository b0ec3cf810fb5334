import type { Expression as Checked } from "../../expression/Expression.ts";
import { fullAccess, isNever } from "../../plan/access/Access.ts";
import {
  type ComputedField,
  type Entity,
  type Field,
  isComputed,
  type ReadableField,
} from "../../plan/catalog/Catalog.ts";
import type { DeletedRecords } from "../../plan/types.ts";
import { and, caseOf, column, constant } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { sqlToShown } from "../expression/storedToSql.ts";
import { isPresent } from "./isPresent.ts";
import type { Compilation, Scope } from "./Scope.ts";

interface Row {
  readonly entity: Entity;
  readonly alias: string;
}

export interface RowOptions {
  readonly deleted?: DeletedRecords;
  /** The read by which the rows are looked at. */
  readonly action?: string;
}

/**
 * Which rows of a table are there for whoever asks; null where all are. Whatever hides records stands here, and every
 * table that a request reaches is read through it.
 */
export function visibleRows(
  compilation: Compilation,
  { entity, alias }: Row,
  { deleted, action = "read" }: RowOptions = {},
): Expression | null {
  const rows = compilation.access.rows(entity.name, action);
  return and([isPresent(entity, alias, deleted), allowed(compilation, aliasScope(entity, alias), rows)]);
}

/** Whether some record of the resource may be hidden from whoever asks. */
export function mayBeHidden({ access }: Compilation, { resource, name }: Entity): boolean {
  return resource.features?.softDelete !== undefined || access.rows(name, "read") !== null;
}

/** What is allowed of a row, as the app itself sees it; null where everything is. */
export function allowed(compilation: Compilation, scope: Scope, condition: Checked | null): Expression | null {
  if (condition === null) return null;
  if (isNever(condition)) return constant(false);
  return compilation.asSystem().sqlOf(asStored(scope), condition);
}

/** What the one who asks sees in a field of a row; null where they may not. */
export function seenValue(compilation: Compilation, scope: Scope, field: Field): Expression {
  return ifSeen(compilation, { scope, field }, () => scope.column(field.column));
}

/** The same of a computed field; its expression sees no more than the one who asks. */
export function seenComputed(compilation: Compilation, scope: Scope, field: ComputedField): Expression {
  const value = () => sqlToShown(compilation, field.type, compilation.sqlOf(scope, field.expression()));
  return ifSeen(compilation, { scope, field }, value);
}

/** A field of either kind as the one who asks sees it. */
export function readableValue(compilation: Compilation, scope: Scope, field: ReadableField): Expression {
  if (!isComputed(field)) return scope.value(field);
  return scope.computed?.(field) ?? seenComputed(compilation, scope, field);
}

interface FieldOfRow {
  readonly scope: Scope;
  readonly field: Pick<Field, "name" | "type">;
}

/** A value of a field where the field may be seen; in the form of the value. */
export function ifSeen(compilation: Compilation, { scope, field }: FieldOfRow, value: () => Expression): Expression {
  const condition = compilation.access.fieldRead(scope.entity.name, field.name);
  if (condition === null) return value();
  const when = allowed(compilation, scope, condition) ?? constant(true);
  return caseOf([{ when, value: value() }], constant(null));
}

/** A field by which records are joined: as it is stored for the app itself, else as it is seen. */
export function joiningValue(compilation: Compilation, scope: Scope, field: Field): Expression {
  return compilation.access === fullAccess ? scope.column(field.column) : seenValue(compilation, scope, field);
}

function asStored(scope: Scope): Scope {
  const { entity } = scope;
  return { entity, column: (name) => scope.column(name), value: (field) => scope.column(field.column) };
}

function aliasScope(entity: Entity, alias: string): Scope {
  return { entity, column: (name) => column(alias, name), value: (field) => column(alias, field.column) };
}
