import type { Access } from "../../plan/access/Access.ts";
import type { Catalog } from "../../plan/catalog/Catalog.ts";
import type { ReadManyShape, ReadOneShape, ReadShape, ReadSummaryShape } from "../../plan/types.ts";
import { and, as, binary, call, derived, parameter, select, wholeRow } from "../../sql/build.ts";
import type { PrintedStatement } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import type { Expression, Select } from "../../sql/Sql.ts";
import { compilationOf } from "../expression/compilationOf.ts";
import { storedType } from "../storedType.ts";
import { changesOf } from "./changesOf.ts";
import { historyOf } from "./historyOf.ts";
import { type Frame, frameObject } from "./JsonPart.ts";
import { listJson, objectColumns, pageParts } from "./json.ts";
import { allRows, relatedRows } from "./related.ts";
import type { Compilation, Scope } from "./Scope.ts";
import { summaryParts } from "./summary/summaryParts.ts";

/** A statement whose one row becomes the JSON of the answer by the frame. */
export interface CompiledStatement extends PrintedStatement {
  readonly frame: Frame;
}

/** For statements whose one column is the finished JSON. */
export const wholeColumn: Frame = [0];

/** One statement that answers a read: one row, or none when what was asked for is not there. */
export function compileRead(catalog: Catalog, shape: ReadShape, access?: Access): CompiledStatement {
  const compilation = compilationOf(catalog, access);
  if (shape.kind === "one") return { ...print(one(compilation, shape)), frame: wholeColumn };
  if (shape.kind === "history") return { ...print(historyOf(compilation, shape)), frame: wholeColumn };
  if (shape.kind === "changes") return { ...print(changesOf(compilation, shape)), frame: wholeColumn };
  const { statement, frame } = shape.kind === "summary" ? summary(compilation, shape) : many(compilation, shape);
  return { ...print(statement), frame };
}

function one(compilation: Compilation, { resource, key, selection }: ReadOneShape): Select {
  const { scope, from, where } = allRows(compilation, resource);
  const columns = objectColumns(compilation, scope, selection);
  const alias = compilation.rowAlias();
  const query = select({ columns, from, joins: scope.joins, where: and([keyIs(scope, key), where]) });
  return select({ columns: [as("json", call("row_to_json", wholeRow(alias)))], from: [derived(query, alias)] });
}

interface FramedSelect {
  readonly statement: Select;
  readonly frame: Frame;
}

function many(compilation: Compilation, { resource, action, within, list }: ReadManyShape): FramedSelect {
  const parent = within ? allRows(compilation, within.resource) : null;
  const rows = () =>
    parent && within
      ? relatedRows(compilation, parent.scope, within.relationship)
      : allRows(compilation, resource, { ...(list.deleted && { deleted: list.deleted }), ...(action && { action }) });
  // The parent's row has to be there, or there is no such list.
  const found =
    parent && within
      ? { from: parent.from, where: and([keyIs(parent.scope, within.key), parent.where]) }
      : { from: [] };
  if (list.output.kind === "array") {
    const statement = select({ ...found, columns: [as("json", listJson(compilation, rows, list))] });
    return { statement, frame: wholeColumn };
  }
  const { parts, from } = pageParts(compilation, rows, list);
  const { frame, columns } = frameObject(parts);
  // What hangs on the parent's row stands beside it in the same FROM, and so has to be lateral.
  const beside = from.map((item) => (item.kind === "derived" ? { ...item, lateral: parent !== null } : item));
  return { statement: select({ ...found, columns, from: [...found.from, ...beside] }), frame };
}

function summary(
  compilation: Compilation,
  { resource, action, deleted, where, summary }: ReadSummaryShape,
): FramedSelect {
  const rows = allRows(compilation, resource, { ...(deleted && { deleted }), ...(action && { action }) });
  const { parts, from } = summaryParts(compilation, { rows, where, summary });
  const { frame, columns } = frameObject(parts);
  return { statement: select({ columns, from }), frame };
}

/** The row whose key the request names. */
export function keyIs(scope: Scope, key: number): Expression {
  const { column, type } = scope.entity.key;
  return binary(scope.column(column), "=", parameter(key, storedType(type)));
}
