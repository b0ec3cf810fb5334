import type { ReadChangesShape } from "../../plan/types.ts";
import {
  and,
  anyOf,
  arrayOf as arrayLiteral,
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  derived,
  exists,
  isNotNull,
  logic,
  not,
  parameter,
  scalar,
  select,
  table,
  text,
} from "../../sql/build.ts";
import type { Expression, Select } from "../../sql/Sql.ts";
import { changesTable } from "../schema/changeFeedNames.ts";
import { storedType } from "../storedType.ts";
import { conditionOn } from "./condition.ts";
import { objectColumns } from "./json.ts";
import { allRows, type Rows } from "./related.ts";
import { arrayOf, rowJson } from "./rowJson.ts";
import type { Compilation } from "./Scope.ts";

/**
 * What changes are to the one who asks, as a list of `[number, kind, key, record]`. A change is asked of three rows: the
 * one before it, the one after it, which is the row before the next change of the record or the row that is there, and
 * the row that is there now, which is what is shown. Changes of what is out of sight are left out.
 */
export function changesOf(compilation: Compilation, shape: ReadChangesShape): Select {
  const [images, seen, told] = [compilation.tableAlias(), compilation.tableAlias(), compilation.rowAlias()];
  const image = (name: string) => column(images, name);
  const look = select({
    columns: [
      ...["id", "kind", "key"].map((name) => as(name, image(name))),
      as("was_seen", seenIn(compilation, shape, image("before"))),
      as(
        "next_seen",
        caseOf([{ when: isNotNull(image("next")), value: seenIn(compilation, shape, image("next")) }], constant(null)),
      ),
      as("record", recordNow(compilation, shape, image("key"))),
    ],
    from: [derived(imagesOf(compilation, shape), images)],
  });
  const verdicts = select({
    columns: [...["id", "key", "record"].map((name) => as(name, column(seen, name))), as("kind", verdict(seen))],
    from: [derived(look, seen)],
  });
  const of = (name: string) => column(told, name);
  const isSent = and([
    isNotNull(of("kind")),
    logic("or", [isNotNull(of("record")), anyOf(of("kind"), kindsWithoutRecord)]),
  ]);
  const entry = call("json_build_array", cast(of("id"), "text"), of("kind"), of("key"), cast(of("record"), "text"));
  return select({ columns: [as("json", arrayOf(entry))], from: [derived(verdicts, told)], where: isSent });
}

/** Those that take a record out of sight. */
const kindsWithoutRecord = arrayLiteral([text("destroyed"), text("left")], "text[]");

/** The changes that are asked about, each with the row before it and the one before the next change of the record. */
function imagesOf(compilation: Compilation, { resource, changes }: ReadChangesShape): Select {
  const [change, next] = [compilation.tableAlias(), compilation.tableAlias()];
  const of = (name: string) => column(change, name);
  const later = select({
    columns: [as("before", column(next, "before"))],
    from: [table(changesTable, next)],
    where: and([
      binary(column(next, "resource"), "=", of("resource")),
      binary(column(next, "record"), "=", of("record")),
      binary(column(next, "id"), ">", of("id")),
    ]),
    orderBy: [{ expression: column(next, "id"), descending: false }],
    limit: 1,
  });
  return select({
    columns: [
      ...["id", "kind", "before"].map((name) => as(name, of(name))),
      as("key", of("record")),
      as("next", scalar(later)),
    ],
    from: [table(changesTable, change)],
    where: and([
      binary(of("txid"), ">=", parameter(changes.from, "bigint")),
      binary(of("txid"), "<=", parameter(changes.to, "bigint")),
      anyOf(of("id"), parameter(changes.ids, "bigint[]", "list")),
      binary(of("resource"), "=", text(compilation.entity(resource).resource.table)),
    ]),
  });
}

/** Whether a row, as it was, is one that the one who asks may see and asks for. */
function seenIn(compilation: Compilation, shape: ReadChangesShape, image: Expression): Expression {
  const { scope, where } = rowsOf(compilation, shape);
  if (where === null) return isNotNull(image);
  const from = { kind: "populated", table: scope.entity.resource.table, source: image, alias: scope.alias } as const;
  const found = exists(
    select({ columns: [as("found", constant(1))], from: [from], joins: scope.joins, where: and([where]) }),
  );
  // Of nothing there would be a row of nulls.
  return and([isNotNull(image), found]) ?? found;
}

/** The record as it is now for the one who asks; null when it is out of sight. */
function recordNow(compilation: Compilation, shape: ReadChangesShape, record: Expression): Expression {
  const { scope, from, where } = rowsOf(compilation, shape);
  const columns = objectColumns(compilation, scope, shape.selection);
  const { column: key, type } = scope.entity.key;
  const same = binary(scope.column(key), "=", cast(record, storedType(type)));
  return rowJson(compilation, select({ columns, from, joins: scope.joins, where: and([same, where]) }));
}

function rowsOf(compilation: Compilation, { resource, where: asked }: ReadChangesShape): Rows {
  const rows = allRows(compilation, resource);
  return { ...rows, where: and([rows.where, asked && conditionOn(compilation, rows.scope, asked)]) };
}

/** What happened, as far as the one who asks goes; null where nothing did, or where a later change tells. */
function verdict(alias: string): Expression {
  const of = (name: string) => column(alias, name);
  const is = (kind: string) => binary(of("kind"), "=", text(kind));
  const before = of("was_seen");
  const after = call("coalesce", of("next_seen"), isNotNull(of("record")));
  const tell = (kind: string, ...conditions: readonly Expression[]) => ({
    when: logic("and", conditions),
    value: text(kind),
  });
  return caseOf(
    [
      tell("destroyed", is("destroyed"), before),
      tell("created", is("created"), after),
      tell("updated", is("updated"), before, after),
      tell("left", is("updated"), before, not(after)),
      tell("entered", is("updated"), after),
    ],
    cast(constant(null), "text"),
  );
}
