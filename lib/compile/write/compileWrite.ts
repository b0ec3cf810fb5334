import type { Access } from "../../plan/access/Access.ts";
import type { Catalog } from "../../plan/catalog/Catalog.ts";
import { fieldNamed } from "../../plan/catalog/Catalog.ts";
import type {
  CreateManyShape,
  CreateShape,
  DestroyShape,
  FieldValue,
  Selection,
  UpdateShape,
  WriteShape,
} from "../../plan/types.ts";
import { as, cast, column, parameter, select } from "../../sql/build.ts";
import { print } from "../../sql/print.ts";
import type { Expression, SelectColumn, Statement } from "../../sql/Sql.ts";
import { compilationOf } from "../expression/compilationOf.ts";
import { type CompiledStatement, keyIs, wholeColumn } from "../read/compileRead.ts";
import { objectColumns } from "../read/json.ts";
import { arrayOf, rowJson } from "../read/rowJson.ts";
import { type Compilation, type Scope, TableScope } from "../read/Scope.ts";
import { storedType } from "../storedType.ts";
import { changedRow, linkTables } from "./links.ts";

/**
 * One statement that makes a change: one row with one column, the JSON of the object (of all objects, in an array,
 * where many are created), or no row when there is no such record. Related records show as they were before the
 * change; `needsReread` tells when that would be wrong.
 */
export function compileWrite(catalog: Catalog, shape: WriteShape, access?: Access): CompiledStatement {
  return { ...print(statementOf(compilationOf(catalog, access), shape)), frame: wholeColumn };
}

function statementOf(compilation: Compilation, shape: WriteShape): Statement {
  switch (shape.kind) {
    case "create":
      return create(compilation, shape);
    case "createMany":
      return createMany(compilation, shape);
    case "update":
      return update(compilation, shape);
    case "destroy":
      return destroy(compilation, shape);
  }
}

function create(compilation: Compilation, { resource, set, links, selection }: CreateShape): Statement {
  const scope = new TableScope(compilation, compilation.entity(resource));
  const insert = {
    kind: "insert",
    table: scope.entity.resource.table,
    alias: scope.alias,
    columns: set.map(({ field }) => fieldNamed(scope.entity, field).column),
    source: { values: set.map((value) => storedValue(scope, value)) },
    skipConflicts: false,
  } as const;
  if (links.length === 0) return { ...insert, returning: answer(compilation, scope, selection) };
  return withLinks(compilation, { ...insert, returning: allColumns(scope) }, { scope, links, selection });
}

function createMany(compilation: Compilation, { resource, fields, rows, selection }: CreateManyShape): Statement {
  const scope = new TableScope(compilation, compilation.entity(resource));
  const source = compilation.tableAlias();
  const given = fields.map((name) => fieldNamed(scope.entity, name));
  const values = given.map((field) => as(field.name, cast(column(source, field.name), storedType(field.type))));
  const rowsGiven = { kind: "recordset", source: parameter(rows, "json"), alias: source, columns: fields } as const;
  const insert = {
    kind: "insert",
    table: scope.entity.resource.table,
    alias: scope.alias,
    columns: given.map((field) => field.column),
    source: { select: select({ columns: values, from: [rowsGiven] }) },
    skipConflicts: false,
    returning: answer(compilation, scope, selection),
  } as const;
  return select({
    with: [{ name: changedRow, statement: insert }],
    columns: [as("json", arrayOf(column(changedRow, "json")))],
    from: [{ kind: "common", name: changedRow }],
  });
}

function update(compilation: Compilation, { resource, key, set, links, selection }: UpdateShape): Statement {
  const scope = new TableScope(compilation, compilation.entity(resource));
  const where = keyIs(scope, key);
  const { table } = scope.entity.resource;
  if (set.length === 0) {
    // Nothing of the record itself changes; it is locked, so that it is there as long as its links change.
    const from = [{ kind: "table", name: table, alias: scope.alias }] as const;
    const columns = links.length > 0 ? allColumns(scope) : answer(compilation, scope, selection);
    const found = select({ columns, from, where, lock: links.length > 0 });
    return links.length > 0 ? withLinks(compilation, found, { scope, links, selection }) : found;
  }
  const changes = set.map((value) => ({
    column: fieldNamed(scope.entity, value.field).column,
    value: storedValue(scope, value),
  }));
  const statement = { kind: "update", table, alias: scope.alias, set: changes, where } as const;
  if (links.length === 0) return { ...statement, returning: answer(compilation, scope, selection) };
  return withLinks(compilation, { ...statement, returning: allColumns(scope) }, { scope, links, selection });
}

function destroy(compilation: Compilation, { resource, key, selection }: DestroyShape): Statement {
  const scope = new TableScope(compilation, compilation.entity(resource));
  return {
    kind: "delete",
    table: scope.entity.resource.table,
    alias: scope.alias,
    using: [],
    where: keyIs(scope, key),
    returning: answer(compilation, scope, selection),
  };
}

interface LinkedWrite {
  readonly scope: TableScope;
  readonly links: UpdateShape["links"];
  readonly selection: Selection;
}

/** The changed row goes first, its links follow in the same statement, then it is shown. */
function withLinks(compilation: Compilation, change: Statement, { scope, links, selection }: LinkedWrite): Statement {
  const { entity } = scope;
  const row: Scope = {
    entity,
    column: (name) => column(changedRow, name),
    value: (field) => column(changedRow, field.column),
  };
  return select({
    with: [{ name: changedRow, statement: change }, ...linkTables(compilation, links, row)],
    columns: answer(compilation, row, selection),
    from: [{ kind: "common", name: changedRow }],
  });
}

function answer(compilation: Compilation, scope: Scope, selection: Selection): readonly SelectColumn[] {
  return [as("json", rowJson(compilation, select({ columns: objectColumns(compilation, scope, selection) })))];
}

function allColumns(scope: TableScope): readonly SelectColumn[] {
  return [...scope.entity.fields.values()].map((field) => as(field.column, scope.column(field.column)));
}

function storedValue({ entity }: TableScope, { field, parameter: index }: FieldValue): Expression {
  return parameter(index, storedType(fieldNamed(entity, field).type));
}
