import type { DestroyManyShape, Target, UpdateManyShape } from "../../plan/types.ts";
import { maxAffected } from "../../plan/write/limits.ts";
import {
  aggregate,
  and,
  anyOf,
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  exists,
  not,
  parameter,
  scalar,
  select,
  table,
} from "../../sql/build.ts";
import type { Expression, Select, Statement } from "../../sql/Sql.ts";
import { conditionOn, listParameter } from "../read/condition.ts";
import { allRows } from "../read/related.ts";
import { arrayOf } from "../read/rowJson.ts";
import { demandedBesides } from "./besides.ts";
import { failures } from "./failures.ts";
import { changedRow } from "./links.ts";
import { changedValues, destroyedValues } from "./values.ts";
import { failedColumn, type Write, type WriteStatement } from "./Write.ts";

const foundRows = "gantry_found";
const found = { kind: "common", name: foundRows } as const;

/** Changes of all records that a target names, or of none. */
export function updateMany(write: Write, { target, set: given, collect }: UpdateManyShape): WriteStatement {
  const { entity, alias } = write;
  const set = changedValues(write, given);
  write.checkBefore(write.oldRow, { after: write.row, setsState: write.setsState(given) });
  write.checkAfter(write.row, { isNew: false });
  const { table: name } = entity.resource;
  const statement: Statement = {
    kind: "update",
    table: name,
    alias,
    set: set.length > 0 ? set : [{ column: entity.key.column, value: write.row.column(entity.key.column) }],
    from: [found],
    where: mayChange(write, target),
    ...write.old,
    returning: answers(write),
  };
  return answer(write, statement, { target, collect });
}

export function destroyMany(write: Write, { target, collect }: DestroyManyShape): WriteStatement {
  const { entity, alias } = write;
  const { table: name, features } = entity.resource;
  const where = mayChange(write, target);
  const kept = features?.softDelete;
  write.checkBefore(kept ? write.oldRow : write.row, { after: null });
  const returning = answers(write);
  const statement: Statement = kept
    ? {
        kind: "update",
        table: name,
        alias,
        set: destroyedValues(write, kept.column),
        from: [found],
        where,
        ...write.old,
        returning,
      }
    : { kind: "delete", table: name, alias, using: [found], where, returning };
  return answer(write, statement, { target, collect });
}

interface Asked {
  readonly target: Target;
  readonly collect: true | undefined;
}

function answer(write: Write, change: Statement, { target, collect }: Asked): WriteStatement {
  const key = column(changedRow, "key");
  const all = collect ? as("json", arrayOf(key)) : as("affected", aggregate("count", null));
  const statement = select({
    with: [
      { name: foundRows, statement: targetRows(write, target) },
      { name: changedRow, statement: change },
    ],
    columns: [
      all,
      as("amiss", amiss(write, target)),
      ...write.verdict(failures(key, column(changedRow, failedColumn))),
    ],
    from: [{ kind: "common", name: changedRow }],
  });
  return collect ? { statement } : { statement, frame: ['{"affected":', 0, "}"] };
}

function answers(write: Write) {
  const key = as("key", write.row.column(write.entity.key.column));
  return write.checks.isEmpty ? [key] : [key, as(failedColumn, write.checks.failed)];
}

/** The keys of the rows that are meant, locked so that they stay as the target wants them. */
function targetRows(write: Write, target: Target): Select {
  const { compilation, entity } = write;
  if (target.kind === "keys") {
    const alias = compilation.tableAlias();
    const key = column(alias, entity.key.column);
    const named = anyOf(key, listParameter(entity.key, target.keys));
    const where = and([named, demandedBesides(write, { alias })]);
    return select({ columns: [as("key", key)], from: [table(entity.resource.table, alias)], where, lock: true });
  }
  // Whom a filter finds is told by what it changes: only what may be seen is looked at.
  const { scope, from, where: seen } = allRows(compilation, entity.name);
  const condition = target.where && conditionOn(compilation, scope, target.where);
  return select({
    columns: [as("key", scope.column(entity.key.column))],
    from,
    joins: scope.joins,
    where: and([seen, condition, demandedBesides(write, { alias: scope.alias })]),
    limit: maxAffected + 1,
    lock: scope.alias,
  });
}

function mayChange(write: Write, target: Target): Expression {
  const own = binary(write.row.column(write.entity.key.column), "=", column(foundRows, "key"));
  return and([own, isWhole(write, target)]) ?? own;
}

/** Whether the rows that were found are all that were meant, and not too many. */
function isWhole({ entity }: Write, target: Target): Expression {
  return target.kind === "filter"
    ? binary(foundCount(), "<=", parameter(target.limit, "bigint"))
    : binary(foundCount(), "=", call("cardinality", listParameter(entity.key, target.keys)));
}

function foundCount(): Expression {
  return scalar(select({ columns: [as("count", aggregate("count", null))], from: [found] }));
}

/** Why nothing was changed, as JSON: how many there were, or which of the keys led nowhere; null where all was. */
function amiss(write: Write, target: Target): Expression {
  const whole = isWhole(write, target);
  const reason = target.kind === "filter" ? cast(foundCount(), "text") : missingKeys(write, target.keys);
  return caseOf([{ when: whole, value: constant(null) }], reason);
}

function missingKeys({ compilation, entity }: Write, keys: number): Expression {
  const alias = compilation.tableAlias();
  const key = column(alias, "value");
  const there = exists(select({ columns: [], from: [found], where: binary(column(foundRows, "key"), "=", key) }));
  const source = listParameter(entity.key, keys);
  const list = aggregate("json_agg", cast(key, "text"));
  const from = [{ kind: "elements", function: "unnest", source, alias } as const];
  return cast(scalar(select({ columns: [as("keys", list)], from, where: not(there) })), "text");
}
