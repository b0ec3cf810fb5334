import type { Column, ForeignKey, Table } from "../../sql/ddl/Schema.ts";
import { addForeignKey, dropForeignKey, dropNotNull, validateForeignKey } from "../../sql/ddl/statements.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";
import { columnLabel, counted, refusal, step, suchAs, tableLabel } from "./planItems.ts";
import type { Ask } from "./Question.ts";
import { RelationNames } from "./RelationNames.ts";
import type { PlanItem, StepTime } from "./SchemaPlan.ts";

export interface KnownTables {
  readonly ask: Ask;
  /** The tables that the model has, by stored name. */
  readonly live: ReadonlyMap<string, Table>;
}

/** The foreign keys of a table that is about to be made. */
export function planFirstForeignKeys(table: Table, known: KnownTables): readonly PlanItem[] {
  return table.foreignKeys.flatMap((key) => addition(table, key, { known, when: "beforeSwitch", cost: "instant" }));
}

/** Foreign keys are compared by what they do, not by name. */
export function planForeignKeys(actual: Table, desired: Table, known: KnownTables): readonly PlanItem[] {
  const names = new RelationNames([actual.primaryKey.name, ...actual.foreignKeys.map((key) => key.name)]);
  const wanted = new Map(desired.foreignKeys.map((key) => [key.column, key]));
  const live = new Set(desired.columns.map((column) => column.name));
  return [
    ...desired.foreignKeys.flatMap((key) => oneKey(actual, desired, { key, known, names })),
    ...actual.foreignKeys
      .filter((key) => !wanted.has(key.column))
      .flatMap((key) =>
        live.has(key.column)
          ? [
              removal(desired, key, {
                sentence: `"${key.column}" of ${tableLabel(desired)} no longer points to a row.`,
                when: "afterSwitch",
              }),
            ]
          : relaxed(actual, key, { known, names, rules: ["restrict", "cascade"] }),
      ),
  ];
}

/** A retired table keeps its rows and links, but must not stand in the way of deletes that nobody can explain any more. */
export function planRetiredTable(actual: Table, known: KnownTables): readonly PlanItem[] {
  const names = new RelationNames([actual.primaryKey.name, ...actual.foreignKeys.map((key) => key.name)]);
  return actual.foreignKeys.flatMap((key) => relaxed(actual, key, { known, names, rules: ["restrict"] }));
}

interface OneKey {
  readonly key: ForeignKey;
  readonly known: KnownTables;
  readonly names: RelationNames;
}

function oneKey(actual: Table, desired: Table, { key, known, names }: OneKey): readonly PlanItem[] {
  const label = `${tableLabel(desired)}.${key.path?.[2] ?? key.column}`;
  const onColumn = actual.foreignKeys.filter((candidate) => candidate.column === key.column);
  const sameTarget = onColumn.filter((candidate) => isSame(candidate.target, key.target));
  const elsewhere = onColumn.filter((candidate) => !isSame(candidate.target, key.target));
  const match = sameTarget.find((candidate) => candidate.onDelete === key.onDelete);
  const replaced = sameTarget.filter((candidate) => candidate !== match);
  const isThere = actual.columns.some((column) => column.name === key.column);

  const { table, column } = { table: actual.name, column: key.column };
  if (
    elsewhere.length > 0 &&
    known.ask({ kind: "values", table, value: quoteIdentifier(column), examples: { key: [] } }).count > 0n
  ) {
    const sentence = `${label} leads to another resource now, but its rows still point to the old one. Add a new relationship with a column of its own instead.`;
    return [refusal("relationship_retargeted", key.path, sentence)];
  }
  if (isThere && sameTarget.every((candidate) => !candidate.validated)) {
    const answer = known.ask({ kind: "orphans", table, column, target: key.target });
    const orphans = answer.count;
    if (orphans > 0n) {
      const sentence = `${counted(orphans, "row", "rows")} of ${tableLabel(desired)} ${orphans === 1n ? "points" : "point"} by ${label} to something that is not there${suchAs(answer, "values")}. Correct ${orphans === 1n ? "it" : "them"} first, or give the relationship a column of its own.`;
      return [refusal("target_missing", key.path, sentence)];
    }
  }

  const isNewRule = replaced.length > 0;
  const when = isNewRule ? "afterSwitch" : "beforeSwitch";
  const taken = actual.foreignKeys.some((candidate) => candidate.name === key.name);
  const name = taken ? names.claim([key.name, key.onDelete], "fkey") : key.name;
  const made = match
    ? match.validated
      ? []
      : [validation(desired, match, { label, when, cost: "reads the table" })]
    : addition(desired, { ...key, name }, { known, when, cost: isThere ? "reads the table" : "instant" });
  return [
    ...made,
    ...replaced.map((old) => removal(desired, old, { sentence: `Ends the old rule of ${label} for deletes.`, when })),
    ...elsewhere.map((old) => removal(desired, old, { sentence: `Ends the old target of ${label}.`, when })),
  ];
}

interface Addition {
  readonly known: KnownTables;
  readonly when: StepTime;
  readonly cost: "instant" | "reads the table";
}

function addition(table: Table, key: ForeignKey, { known, when, cost }: Addition): readonly PlanItem[] {
  const target = known.live.get(key.target.table);
  const isJoin = table.path?.[1] === "relationships";
  const label = isJoin ? tableLabel(table) : `${tableLabel(table)}.${key.path?.[2] ?? key.column}`;
  const sentence = `Links ${label} to ${target ? tableLabel(target) : key.target.table}.`;
  const at = { table: table.name, path: key.path ?? [] };
  return [
    step({ kind: "addForeignKey", when, sentence, sql: addForeignKey(table.name, key), ...at }),
    validation(table, key, { label, when, cost }),
  ];
}

function validation(
  table: Table,
  key: ForeignKey,
  {
    label,
    when,
    cost,
  }: { readonly label: string; readonly when: StepTime; readonly cost: "instant" | "reads the table" },
): PlanItem {
  const at = { table: table.name, path: key.path ?? [] };
  const sentence = `Checks that every ${label} points to a row that is there.`;
  return step({
    kind: "validateForeignKey",
    when,
    sentence,
    sql: validateForeignKey(table.name, key.name),
    cost,
    ...at,
  });
}

function removal(
  table: Table,
  key: ForeignKey,
  { sentence, when }: { readonly sentence: string; readonly when: StepTime },
): PlanItem {
  const at = { table: table.name, path: key.path ?? table.path ?? [] };
  return step({ kind: "dropForeignKey", when, sentence, sql: dropForeignKey(table.name, key.name), ...at });
}

/**
 * A link that the model no longer has, to a table that it does have: deletes over there must neither be refused nor
 * take rows along for a reason that nobody can see. The link is emptied instead.
 */
function relaxed(
  actual: Table,
  key: ForeignKey,
  {
    known,
    names,
    rules,
  }: { readonly known: KnownTables; readonly names: RelationNames; readonly rules: readonly string[] },
): readonly PlanItem[] {
  const target = known.live.get(key.target.table);
  const column = actual.columns.find((candidate) => candidate.name === key.column);
  if (!target || !column || !rules.includes(key.onDelete)) return [];
  if (actual.primaryKey.columns.includes(column.name)) return [];
  const isReplaced = actual.foreignKeys.some(
    (other) => other.column === key.column && isSame(other.target, key.target) && other.onDelete === "setNull",
  );
  const relaxedKey = { ...key, name: names.claim([actual.name, key.column], "fkey"), onDelete: "setNull" as const };
  const sentence = `Lets ${tableLabel(target)} be deleted although the retired ${columnLabel(actual, column)} points to it.`;
  const when = "afterSwitch";
  return [
    // A retired column of a live table may be empty before the switch already.
    ...(column.nullable || known.live.has(actual.name) ? [] : [emptied(actual, column)]),
    ...(isReplaced ? [] : addition(actual, relaxedKey, { known, when, cost: "reads the table" })),
    removal(actual, key, { sentence, when }),
  ];
}

function emptied(table: Table, column: Column): PlanItem {
  const sentence = `Lets the retired ${columnLabel(table, column)} be empty.`;
  const sql = dropNotNull(table.name, column.name);
  return step({ kind: "dropNotNull", when: "afterSwitch", sentence, sql, table: table.name });
}

function isSame(one: ForeignKey["target"], other: ForeignKey["target"]): boolean {
  return one.table === other.table && one.column === other.column;
}
