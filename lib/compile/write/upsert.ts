import { AppError } from "../../errors/AppError.ts";
import { fieldNamed } from "../../plan/catalog/Catalog.ts";
import type { UpsertShape } from "../../plan/types.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import {
  aggregate,
  as,
  call,
  caseOf,
  cast,
  column,
  isNotNull,
  isNull,
  or,
  parameter,
  select,
  text,
} from "../../sql/build.ts";
import type { Expression, Statement, Update } from "../../sql/Sql.ts";
import { storedType } from "../storedType.ts";
import { demandedBesides, setBesides } from "./besides.ts";
import type { Check } from "./Check.ts";
import { checksAfter, checksBefore } from "./changeChecks.ts";
import { changedRow } from "./links.ts";
import { referenceChecks } from "./referenceChecks.ts";
import { newValues, withRuled } from "./values.ts";
import { failedColumn, oldRow, type Write, type WriteStatement } from "./Write.ts";

/**
 * A new row, or a change of the one that has the same values. What the standard update would not be allowed to do to that
 * one is not done: the row is not found, or what was done is refused.
 */
export function upsert(write: Write, shape: UpsertShape): WriteStatement {
  if (shape.layout === "columns") return { statement: upsertColumns(write, shape) };
  const values = newValues(write, shape.set);
  const statement = {
    ...insertOf(write, shape, { values, taken: takenOf(write, shape, values) }),
    source: { values: values.map(({ value }) => value) },
    returning: [
      write.json(shape.selection, write.alias),
      as("created", caseOf([{ when: isNew(write), value: text("true") }], text("false"))),
      ...write.verdict(),
    ],
  } as const;
  return { statement, frame: ['{"created":', 1, ',"record":', 0, "}"] };
}

/** The same for many rows; whatever is refused of one undoes all. */
function upsertColumns(write: Write, shape: UpsertShape): Statement {
  const { compilation, entity } = write;
  const { set, shared = [], collect } = shape;
  if (collect) throw new AppError("invalid_request", "Records that have to be looked at again are changed one by one.");
  const source = compilation.tableAlias();
  const own = set.map(({ field: name }) => {
    const { column: stored, type } = fieldNamed(entity, name);
    return { column: stored, value: cast(column(source, name), storedType(type)) };
  });
  const common = shared.map((value) => ({ column: write.columnOf(value.field), value: write.stored(value) }));
  const values = withRuled(write, [...own, ...common]);
  const taken = takenOf(write, shape, values).map(({ column: name }) => ({
    column: name,
    value: column("excluded", name),
  }));
  const insert = insertOf(write, shape, { values, taken });
  const columns = set.map(({ field, parameter: index }) => ({ name: field, source: parameter(index, "text[]") }));
  const checked = write.checks.isEmpty ? [] : [as(failedColumn, write.checks.failed)];
  const statement = {
    ...insert,
    source: {
      select: select({
        columns: values.map(({ column: name, value }) => as(name, value)),
        from: [{ kind: "unnested", alias: source, columns }],
      }),
    },
    returning: [as("created", isNew(write)), ...checked],
  } as const;
  const name = (word: string) => cast(text(word), "text");
  const created = aggregate("count", null, { filter: column(changedRow, "created") });
  return select({
    with: [{ name: changedRow, statement }],
    columns: [
      as("json", call("json_build_object", name("written"), aggregate("count", null), name("created"), created)),
      ...write.verdict(aggregate("max", column(changedRow, failedColumn))),
    ],
    from: [{ kind: "common", name: changedRow }],
  });
}

/** Whether there was no row before. */
function isNew({ entity }: Write): Expression {
  return isNull(column(oldRow, entity.key.column));
}

type Values = Update["set"];

/** What a row that is there takes over. */
function takenOf(write: Write, { change }: UpsertShape, values: Values): Values {
  const wanted = new Set(change.map((name) => write.columnOf(name)));
  return values.filter(({ column: name }) => wanted.has(name));
}

interface UpsertValues {
  readonly values: Values;
  readonly taken: Values;
}

/** The statement without its source and its answer, its checks added to the write. */
function insertOf(write: Write, { by, change, collect }: UpsertShape, { values, taken }: UpsertValues) {
  const { compilation, entity, alias, rules, given } = write;
  const columns = by.map((name) => write.columnOf(name));
  // Something has to be set for the row to be locked and answered.
  const [first = ""] = columns;
  const same = taken.length > 0 ? taken : [{ column: first, value: write.row.column(first) }];
  const own = new Set(taken.map(({ column: name }) => name));
  const besides = setBesides(entity, alias).filter(({ column: name }) => !own.has(name));

  const key = column(oldRow, entity.key.column);
  const updating = rulesOf(compilation.catalog, entity, "update");
  const after = write.row;
  const changed = given.filter((name) => change.includes(name));
  const ifNew = [
    ...referenceChecks(compilation, { before: null, after, given }),
    ...(collect ? [] : checksAfter(compilation, { rules, after, isNew: true, given })),
  ];
  for (const check of ifNew) write.checks.add(where(isNotNull(key), check));
  // What is asked of the row as it was is asked now: a later statement sees it changed.
  const ifThere = [
    ...checksBefore(compilation, { rules: updating, before: write.oldRow, after, setsState: false, given: changed }),
    ...(collect ? [] : checksAfter(compilation, { rules: updating, after, isNew: false, given: [] })),
  ];
  for (const check of ifThere) write.checks.add(where(isNull(key), check));
  return {
    kind: "insert",
    table: entity.resource.table,
    alias,
    columns: values.map(({ column: name }) => name),
    skipConflicts: false,
    onConflict: {
      columns,
      absent: entity.resource.features?.softDelete?.column ?? null,
      set: [...same, ...(taken.length > 0 ? besides : [])],
      where: demandedBesides(write, { action: "update" }),
    },
    old: oldRow,
  } as const;
}

/** A check that is asked only where something is not so. */
function where(spared: Expression, check: Check): Check {
  return { ...check, condition: or([spared, check.condition]) };
}
