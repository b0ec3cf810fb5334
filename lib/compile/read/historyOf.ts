import type { ReadHistoryShape } from "../../plan/types.ts";
import {
  aggregate,
  and,
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  derived,
  exists,
  isNull,
  parameter,
  select,
  table,
  text,
  wholeRow,
} from "../../sql/build.ts";
import type { Expression, FromItem, Select, SelectColumn } from "../../sql/Sql.ts";
import { historyTable } from "../schema/historySchema.ts";
import { objectColumns } from "./json.ts";
import { jsonValue } from "./jsonValue.ts";
import { allRows } from "./related.ts";
import { arrayOf, rowJson } from "./rowJson.ts";
import { type Compilation, TableScope } from "./Scope.ts";

/**
 * The changes of one record, the newest first, as `{data, page: {next}}`; no row when there is no such record for the one
 * who asks. Rows are kept as they were stored, so that fields that were renamed since show under their names of today.
 */
export function historyOf(compilation: Compilation, shape: ReadHistoryShape): Select {
  const entity = compilation.entity(shape.resource);
  const change = compilation.tableAlias();
  const sides = (["before", "after"] as const).map((side) => stateColumn(compilation, shape, { change, side }));
  const of = (name: string) => column(change, name);
  const key = parameter(shape.key, "text");
  const entries = select({
    columns: [
      as("id", cast(of("id"), "text")),
      as("at", jsonValue({ type: { kind: "timestamp" } }, of("at"))),
      as("action", of("action")),
      as("actor", actorJson(compilation, change)),
      ...sides.map(({ shown }) => shown),
    ],
    from: [table(historyTable, change), ...sides.map(({ from }) => from)],
    where: and([
      binary(of("resource"), "=", text(entity.resource.table)),
      binary(of("record"), "=", key),
      shape.before === null ? null : binary(of("id"), "<", parameter(shape.before, "bigint")),
    ]),
    orderBy: [{ expression: of("id"), descending: true }],
    limit: shape.size,
  });
  const page = compilation.rowAlias();
  const oldest = aggregate("min", cast(column(page, "id"), "bigint"));
  const full = binary(aggregate("count", null), "=", constant(shape.size));
  const sums = select({
    columns: [
      as("data", arrayOf(wholeRow(page))),
      as(
        "page",
        call("json_build_object", text("next"), caseOf([{ when: full, value: cast(oldest, "text") }], constant(null))),
      ),
    ],
    from: [derived(entries, page)],
  });
  return select({ columns: [as("json", rowJson(compilation, sums))], where: readable(compilation, shape) });
}

/** Destroyed records that are kept have a history that can be read. */
function readable(compilation: Compilation, shape: ReadHistoryShape): Expression {
  const { scope, from, where } = allRows(compilation, shape.resource, { deleted: "shown" });
  const same = binary(cast(scope.column(scope.entity.key.column), "text"), "=", parameter(shape.key, "text"));
  return exists(select({ columns: [as("found", constant(1))], from, joins: scope.joins, where: and([same, where]) }));
}

interface Side {
  readonly change: string;
  readonly side: "before" | "after";
}

/** The record as it was on one side of the change, or null where it was not there. */
function stateColumn(
  compilation: Compilation,
  { resource, selection }: ReadHistoryShape,
  { change, side }: Side,
): { readonly shown: SelectColumn; readonly from: FromItem } {
  const scope = new TableScope(compilation, compilation.entity(resource));
  const state = column(change, side);
  const from: FromItem = { kind: "populated", table: scope.entity.resource.table, source: state, alias: scope.alias };
  const record = rowJson(compilation, select({ columns: objectColumns(compilation, scope, selection) }));
  return { shown: as(side, caseOf([{ when: isNull(state), value: constant(null) }], record)), from };
}

function actorJson(compilation: Compilation, change: string): Expression {
  const actor = select({
    columns: [as("kind", column(change, "actor_kind")), as("id", column(change, "actor"))],
  });
  const none = isNull(column(change, "actor_kind"));
  return caseOf([{ when: none, value: constant(null) }], rowJson(compilation, actor));
}
