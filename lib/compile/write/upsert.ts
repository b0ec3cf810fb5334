import type { UpsertShape } from "../../plan/types.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import { as, caseOf, column, isNotNull, isNull, or, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { demandedBesides, setBesides } from "./besides.ts";
import type { Check } from "./Check.ts";
import { checksAfter, checksBefore } from "./changeChecks.ts";
import { referenceChecks } from "./referenceChecks.ts";
import { newValues } from "./values.ts";
import { oldRow, type Write, type WriteStatement } from "./Write.ts";

/**
 * A new row, or a change of the one that has the same values. What the standard update would not be allowed to do to that
 * one is not done: the row is not found, or what was done is refused.
 */
export function upsert(write: Write, { by, set, change, selection, collect }: UpsertShape): WriteStatement {
  const { compilation, entity, alias, rules, given } = write;
  const columns = by.map((name) => write.columnOf(name));
  const values = newValues(write, set);
  const wanted = new Set(change.map((name) => write.columnOf(name)));
  const taken = values.filter(({ column: name }) => wanted.has(name));
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
  const kept = entity.resource.features?.softDelete;
  const statement = {
    kind: "insert",
    table: entity.resource.table,
    alias,
    columns: values.map(({ column: name }) => name),
    source: { values: values.map(({ value }) => value) },
    skipConflicts: false,
    onConflict: {
      columns,
      absent: kept?.column ?? null,
      set: [...same, ...(taken.length > 0 ? besides : [])],
      where: demandedBesides(write, { action: "update" }),
    },
    old: oldRow,
    returning: [
      write.json(selection, alias),
      as("created", caseOf([{ when: isNull(key), value: text("true") }], text("false"))),
      ...write.verdict(),
    ],
  } as const;
  return { statement, frame: ['{"created":', 1, ',"record":', 0, "}"] };
}

/** A check that is asked only where something is not so. */
function where(spared: Expression, check: Check): Check {
  return { ...check, condition: or([spared, check.condition]) };
}
