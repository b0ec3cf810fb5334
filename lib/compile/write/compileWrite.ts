import type { Access } from "../../plan/access/Access.ts";
import type { Catalog } from "../../plan/catalog/Catalog.ts";
import type { CreateShape, DestroyShape, Selection, UpdateShape, WriteShape } from "../../plan/types.ts";
import { and, column, constant, select } from "../../sql/build.ts";
import { print } from "../../sql/print.ts";
import type { Statement } from "../../sql/Sql.ts";
import { compilationOf } from "../expression/compilationOf.ts";
import { type CompiledStatement, keyIs, wholeColumn } from "../read/compileRead.ts";
import { demandedBesides } from "./besides.ts";
import type { Refusal } from "./Check.ts";
import { destroyMany, updateMany } from "./changeMany.ts";
import { createMany } from "./createMany.ts";
import { changedRow, linkTables } from "./links.ts";
import { recheck } from "./recheck.ts";
import { signed } from "./signed.ts";
import { upsert } from "./upsert.ts";
import { changedValues, destroyedValues, newValues } from "./values.ts";
import { failedColumn, Write, type WriteStatement } from "./Write.ts";

/** The statement of a change and what it may refuse, by number. */
export interface CompiledWrite extends CompiledStatement {
  readonly refusals: readonly Refusal[];
  /** Of a statement that collects: the column that tells what is refused; null where nothing can be. */
  readonly failed: number | null;
  /** Of a change of many: the column that tells why nothing was changed at all; null in a row where all was. */
  readonly amiss: number | null;
}

/**
 * One statement that makes a change: one row, whose JSON is the object (all objects, in an array, where many are
 * created), or no row when there is no such record. What the change must not do is refused by the statement itself,
 * which then undoes itself. Related records show as they were before the change; `needsSecond` tells when that would be
 * wrong.
 */
export function compileWrite(catalog: Catalog, shape: WriteShape, access?: Access): CompiledWrite {
  const write = new Write(compilationOf(catalog, access), shape);
  const { statement: plain, frame = wholeColumn } = statementOf(write, shape);
  const statement =
    shape.kind === "recheck"
      ? plain
      : signed(plain, { model: catalog.model, entity: write.entity, action: write.rules.name });
  const { refusals, isEmpty } = write.checks;
  const place = (name: string) => {
    const index = columnsOf(statement).indexOf(name);
    return index < 0 ? null : index;
  };
  const failed = shape.collect && !isEmpty ? place("failed") : null;
  return { ...print(statement), frame, refusals, failed, amiss: place("amiss") };
}

function statementOf(write: Write, shape: WriteShape): WriteStatement {
  switch (shape.kind) {
    case "create":
      return { statement: create(write, shape) };
    case "createMany":
      return { statement: createMany(write, shape) };
    case "upsert":
      return upsert(write, shape);
    case "update":
      return { statement: update(write, shape) };
    case "updateMany":
      return updateMany(write, shape);
    case "destroy":
      return { statement: destroy(write, shape) };
    case "destroyMany":
      return destroyMany(write, shape);
    case "recheck":
      return { statement: recheck(write, shape) };
  }
}

function columnsOf(statement: Statement): readonly string[] {
  const columns = statement.kind === "select" ? statement.columns : statement.returning;
  return columns.map(({ as: name }) => name);
}

function create(write: Write, { set, links, selection }: CreateShape): Statement {
  const { entity, alias } = write;
  const values = newValues(write, set);
  write.checkLinks(links);
  write.checkAfter(write.row, { isNew: true });
  const insert = {
    kind: "insert",
    table: entity.resource.table,
    alias,
    columns: values.map(({ column: name }) => name),
    source: { values: values.map(({ value }) => value) },
    skipConflicts: false,
  } as const;
  if (links.length === 0) return { ...insert, returning: write.answer(selection, alias) };
  return withLinks(write, { ...insert, returning: write.wholeRow() }, { links, selection });
}

function update(write: Write, { key, set: given, links, selection }: UpdateShape): Statement {
  const { entity, alias } = write;
  const { table } = entity.resource;
  const where = and([keyIs(write.row, key), demandedBesides(write)]) ?? constant(true);
  const set = changedValues(write, given);
  write.checkLinks(links);
  if (set.length === 0) {
    // Nothing of the record itself changes; it is locked, so that it stays as it is until its links are changed.
    write.checkBefore(write.row, { after: write.row });
    write.checkAfter(write.row, { isNew: false });
    const from = [{ kind: "table", name: table, alias }] as const;
    const lock = links.length > 0 || !write.checks.isEmpty;
    if (links.length === 0) return select({ columns: write.answer(selection, alias), from, where, lock });
    return withLinks(write, select({ columns: write.wholeRow(), from, where, lock }), { links, selection });
  }
  write.checkBefore(write.oldRow, { after: write.row, setsState: write.setsState(given) });
  write.checkAfter(write.row, { isNew: false });
  const statement = { kind: "update", table, alias, set, where, ...write.old } as const;
  if (links.length === 0) return { ...statement, returning: write.answer(selection, alias) };
  return withLinks(write, { ...statement, returning: write.wholeRow() }, { links, selection });
}

function destroy(write: Write, { key, selection }: DestroyShape): Statement {
  const { entity, alias } = write;
  const { table, features } = entity.resource;
  const where = and([keyIs(write.row, key), demandedBesides(write)]) ?? constant(true);
  const kept = features?.softDelete;
  if (kept) {
    write.checkBefore(write.oldRow, { after: null });
    const set = destroyedValues(write, kept.column);
    return { kind: "update", table, alias, set, where, ...write.old, returning: write.answer(selection, alias) };
  }
  write.checkBefore(write.row, { after: null });
  return { kind: "delete", table, alias, using: [], where, returning: write.answer(selection, alias) };
}

interface LinkedWrite {
  readonly links: UpdateShape["links"];
  readonly selection: Selection;
}

/** The changed row goes first, its links follow in the same statement, then it is shown. */
function withLinks(write: Write, change: Statement, { links, selection }: LinkedWrite): Statement {
  const row = write.rowAs(changedRow);
  return select({
    with: [{ name: changedRow, statement: change }, ...linkTables(write.compilation, links, row)],
    columns: write.answer(selection, changedRow, column(changedRow, failedColumn)),
    from: [{ kind: "common", name: changedRow }],
  });
}
