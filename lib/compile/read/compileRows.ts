import type { Access } from "../../plan/access/Access.ts";
import {
  type Catalog,
  type Entity,
  entityNamed,
  type ReadableField,
  readableNamed,
} from "../../plan/catalog/Catalog.ts";
import type { ReadManyShape, Selection } from "../../plan/types.ts";
import { and, as, select } from "../../sql/build.ts";
import type { PrintedStatement } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import { compilationOf } from "../expression/compilationOf.ts";
import { cellText } from "./cellText.ts";
import { keyIs } from "./compileRead.ts";
import { cutOut } from "./cutOut.ts";
import { allRows, relatedRows } from "./related.ts";
import type { Compilation, JoinedScope } from "./Scope.ts";

/** One column of a table of records. */
export interface RowColumn {
  /** Names in the answer, from the record to the value: `["company", "name"]`. */
  readonly path: readonly string[];
  /** Whose field it is. */
  readonly entity: Entity;
  readonly field: ReadableField;
}

/** A statement that answers one row of texts for each record. */
export interface CompiledRows extends PrintedStatement {
  readonly columns: readonly RowColumn[];
}

export interface RowsOptions {
  readonly access?: Access;
  /** Null for all there are. */
  readonly limit: number | null;
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

/** The records of a list as rows instead of as one JSON text; of `output` only the selection counts. */
export function compileRows(catalog: Catalog, shape: ReadManyShape, { access, limit }: RowsOptions): CompiledRows {
  const compilation = compilationOf(catalog, access);
  const { resource, action, within, list } = shape;
  if (list.output.kind !== "array") throw new Error("Rows are read of a list that is an array.");
  const parent = within ? allRows(compilation, within.resource) : null;
  const rows =
    parent && within
      ? relatedRows(compilation, parent.scope, within.relationship)
      : allRows(compilation, resource, { ...(list.deleted && { deleted: list.deleted }), ...(action && { action }) });
  const cut = cutOut(compilation, rows, list);
  const cells = cellsOf(compilation, rows.scope, list.output.selection);
  const ofParent = parent && within ? and([keyIs(parent.scope, within.key), parent.where]) : null;
  const statement = select({
    ...cut.query,
    columns: cells.map((cell, index) => as(`c${index + 1}`, cell)),
    from: [...(parent?.from ?? []), ...cut.query.from],
    where: and([ofParent, cut.query.where]),
    limit,
  });
  const entity = entityNamed(catalog, resource);
  return { ...print(statement), columns: columnsOf(catalog, entity, list.output.selection) };
}

/** In the order of `columnsOf`; related records are joined. */
function cellsOf(compilation: Compilation, scope: JoinedScope, selection: Selection) {
  return selection.flatMap((member): readonly ReturnType<typeof cellText>[] => {
    if (member.kind === "field") return [cellText(compilation, scope, readableNamed(scope.entity, member.field))];
    return member.kind === "one" ? cellsOf(compilation, scope.hop([member.relationship]), member.selection) : [];
  });
}
