import { fieldNamed } from "../../plan/catalog/Catalog.ts";
import type { CreateManyShape } from "../../plan/types.ts";
import {
  aggregate,
  as,
  binary,
  call,
  cast,
  column,
  constant,
  derived,
  parameter,
  select,
  text,
  window,
} from "../../sql/build.ts";
import type { Expression, FromItem, SelectColumn, Statement } from "../../sql/Sql.ts";
import { arrayOf } from "../read/rowJson.ts";
import { storedType } from "../storedType.ts";
import { failures } from "./failures.ts";
import { changedRow } from "./links.ts";
import { withDefaults, withRuled } from "./values.ts";
import { failedColumn, type Write } from "./Write.ts";

/** Many new rows from one JSON text, or from one array for each column; refusals name the place in the list. */
export function createMany(write: Write, shape: CreateManyShape): Statement {
  const { fields, shared = [] } = shape;
  const { compilation, entity, alias } = write;
  const source = compilation.tableAlias();
  const own = fields.map((name) => {
    const { column: stored, type } = fieldNamed(entity, name);
    return { column: stored, value: cast(column(source, name), storedType(type)) };
  });
  const common = shared.map((value) => ({ column: write.columnOf(value.field), value: write.stored(value) }));
  const values = withRuled(write, withDefaults(write, [...own, ...common]));
  write.checkAfter(write.row, { isNew: true });
  const { isEmpty } = write.checks;
  const shown = shownOf(write, shape);
  const insert = {
    kind: "insert",
    table: entity.resource.table,
    alias,
    columns: values.map(({ column: name }) => name),
    source: {
      select: select({
        columns: values.map(({ column: name, value }) => as(name, value)),
        from: [rowsOf(shape, source)],
      }),
    },
    skipConflicts: false,
    returning: [shown.row, ...(isEmpty ? [] : [as(failedColumn, write.checks.failed)])],
  } as const;
  const made = { name: changedRow, statement: insert };
  const json = shown.row.as;
  if (isEmpty) {
    const columns = [as("json", shown.all(column(changedRow, json)))];
    return select({ with: [made], columns, from: [{ kind: "common", name: changedRow }] });
  }
  const numbered = compilation.rowAlias();
  const columns = [
    as(json, column(changedRow, json)),
    as("failed", column(changedRow, failedColumn)),
    as("place", binary(window("row_number"), "-", constant(1))),
  ];
  return select({
    with: [made],
    columns: [
      as("json", shown.all(column(numbered, json))),
      ...write.verdict(failures(column(numbered, "place"), column(numbered, "failed"))),
    ],
    from: [derived(select({ columns, from: [{ kind: "common", name: changedRow }] }), numbered)],
  });
}

function rowsOf({ fields, rows, layout }: CreateManyShape, alias: string): FromItem {
  if (layout !== "columns") return { kind: "recordset", source: parameter(rows, "json"), alias, columns: fields };
  const columns = fields.map((name, index) => ({ name, source: parameter(rows + index, "text[]") }));
  return { kind: "unnested", alias, columns };
}

interface Shown {
  readonly row: SelectColumn;
  readonly all: (row: Expression) => Expression;
}

/** What is told of each row, and how that of all becomes the answer. */
function shownOf(write: Write, { answers, collect, selection }: CreateManyShape): Shown {
  if (answers !== "count" || collect) return { row: write.json(selection, write.alias), all: (json) => arrayOf(json) };
  const name = cast(text("created"), "text");
  return { row: as("made", constant(1)), all: () => call("json_build_object", name, aggregate("count", null)) };
}
