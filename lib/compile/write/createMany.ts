import { fieldNamed } from "../../plan/catalog/Catalog.ts";
import type { CreateManyShape } from "../../plan/types.ts";
import { as, binary, cast, column, constant, derived, parameter, select, window } from "../../sql/build.ts";
import type { Statement } from "../../sql/Sql.ts";
import { arrayOf } from "../read/rowJson.ts";
import { storedType } from "../storedType.ts";
import { failures } from "./failures.ts";
import { changedRow } from "./links.ts";
import { withDefaults, withRuled } from "./values.ts";
import { failedColumn, type Write } from "./Write.ts";

/** Many new rows from one JSON text; refusals name the place in the list. */
export function createMany(write: Write, { fields, rows, shared = [], selection }: CreateManyShape): Statement {
  const { compilation, entity, alias } = write;
  const source = compilation.tableAlias();
  const own = fields.map((name) => {
    const { column: stored, type } = fieldNamed(entity, name);
    return { column: stored, value: cast(column(source, name), storedType(type)) };
  });
  const common = shared.map((value) => ({ column: write.columnOf(value.field), value: write.stored(value) }));
  const values = withRuled(write, withDefaults(write, [...own, ...common]));
  write.checkAfter(write.row, { isNew: true });
  const checked = write.checks.isEmpty ? [] : [as(failedColumn, write.checks.failed)];
  const insert = {
    kind: "insert",
    table: entity.resource.table,
    alias,
    columns: values.map(({ column: name }) => name),
    source: {
      select: select({
        columns: values.map(({ column: name, value }) => as(name, value)),
        from: [{ kind: "recordset", source: parameter(rows, "json"), alias: source, columns: fields }],
      }),
    },
    skipConflicts: false,
    returning: [write.json(selection, alias), ...checked],
  } as const;
  const made = { name: changedRow, statement: insert };
  if (write.checks.isEmpty) {
    const json = as("json", arrayOf(column(changedRow, "json")));
    return select({ with: [made], columns: [json], from: [{ kind: "common", name: changedRow }] });
  }
  const numbered = compilation.rowAlias();
  const columns = [
    as("json", column(changedRow, "json")),
    as("failed", column(changedRow, failedColumn)),
    as("place", binary(window("row_number"), "-", constant(1))),
  ];
  return select({
    with: [made],
    columns: [
      as("json", arrayOf(column(numbered, "json"))),
      ...write.verdict(failures(column(numbered, "place"), column(numbered, "failed"))),
    ],
    from: [derived(select({ columns, from: [{ kind: "common", name: changedRow }] }), numbered)],
  });
}
