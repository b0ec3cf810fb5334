import type { Access } from "../../plan/access/Access.ts";
import { type Catalog, entityNamed, readableNamed } from "../../plan/catalog/Catalog.ts";
import { columnsOf, type RowColumn } from "../../plan/read/columnsOf.ts";
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

/** A statement that answers one row of texts for each record. */
export interface CompiledRows extends PrintedStatement {
  readonly columns: readonly RowColumn[];
}

export interface RowsOptions {
  readonly access?: Access;
  /** Null for all there are. */
  readonly limit: number | null;
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
