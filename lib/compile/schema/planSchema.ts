import type { Retirement, Schema, Table } from "../../sql/ddl/Schema.ts";
import { createTable } from "../../sql/ddl/statements.ts";
import { nameBytes } from "../../sql/ddl/storedName.ts";
import { maxIdentifierBytes } from "../../sql/identifier.ts";
import { withColumnsInStep } from "./keepInStep.ts";
import { planColumns } from "./planColumns.ts";
import { type KnownTables, planFirstForeignKeys, planForeignKeys, planRetiredTable } from "./planForeignKeys.ts";
import { indexNamer, planFirstIndexes, planIndexes } from "./planIndexes.ts";
import { columnLabel, refusal, step, tableLabel } from "./planItems.ts";
import { planFunctions, planTriggers } from "./planPrograms.ts";
import { markRetiredTable, markUsedTable } from "./planRetired.ts";
import { type Answers, nothingFound, type Question, questionKey } from "./Question.ts";
import { RelationNames } from "./RelationNames.ts";
import type { PlanItem, SchemaPlan, SchemaStep, SchemaStepKind } from "./SchemaPlan.ts";

const order: readonly SchemaStepKind[] = [
  "dropNotNull",
  "createTable",
  "addColumn",
  "setColumnType",
  "dropDefault",
  "addIdentity",
  "setDefault",
  "createFunction",
  "createTrigger",
  "fillColumn",
  "dropIndex",
  "createIndex",
  "addForeignKey",
  "validateForeignKey",
  "dropForeignKey",
  // What is derived is marked before nothing keeps it right any more.
  "markRetired",
  "markUsed",
  "dropTrigger",
  "dropFunction",
];

export interface PlanContext {
  readonly answers?: Answers;
  /** What the release that serves asks for, in the columns where it has them. */
  readonly live?: Schema | null;
  /** What parts that retire are marked with. */
  readonly retirement?: Retirement;
}

const noTime: Retirement = { at: "1970-01-01T00:00:00Z", release: null };

/**
 * The steps from what a database holds to what a model asks for: expand-only, so that the version that serves and the
 * next one can share the database. Where the rows matter the plan asks; what has no answer yet counts as none, so a plan
 * made without answers shows all questions, and one made with all answers is final.
 */
export function planSchema(actual: Schema, desired: Schema, context: PlanContext = {}): SchemaPlan {
  const questions = new Map<string, Question>();
  const ask = (question: Question) => {
    const key = questionKey(question);
    questions.set(key, question);
    return context.answers?.get(key) ?? nothingFound;
  };
  const asked = withColumnsInStep(actual, desired);
  const live = byName(context.live ?? { tables: [] });
  const items = planItems(actual, asked, {
    known: { ask, live: byName(desired) },
    serving: live,
    retirement: context.retirement ?? noTime,
  });
  return {
    steps: sorted(items.flatMap((item) => ("step" in item ? [item.step] : []))),
    refusals: items.flatMap((item) => ("refusal" in item ? [item.refusal] : [])),
    questions: [...questions.values()],
    retired: items.flatMap((item) => ("retired" in item ? [item.retired] : [])),
  };
}

interface Planning {
  readonly known: KnownTables;
  /** The tables of the release that serves. */
  readonly serving: ReadonlyMap<string, Table>;
  readonly retirement: Retirement;
}

function planItems(actual: Schema, desired: Schema, { known, serving, retirement }: Planning): readonly PlanItem[] {
  const there = byName(actual);
  const taken = relationNames(actual);
  const nameFor = indexNamer(new RelationNames([...taken, ...relationNames(desired)]), taken);
  return [
    ...planFunctions(actual, desired),
    ...desired.tables.flatMap((table) => {
      const tooLong = longNames(table);
      if (tooLong.length > 0) return tooLong;
      const found = there.get(table.name);
      if (!found) return newTable(table, known, nameFor);
      const key = keyChange(found, table);
      if (key) return [key];
      const live = serving.get(table.name);
      return [
        ...planColumns(found, table, { ask: known.ask, live, retirement }),
        ...planIndexes(found, table, { ask: known.ask, nameFor, live }),
        ...planForeignKeys(found, table, known),
        ...planTriggers(found, table),
        ...markUsedTable(found, table),
      ];
    }),
    ...actual.tables
      .filter((table) => !known.live.has(table.name))
      .flatMap((table) => [...markRetiredTable(table, retirement), ...planRetiredTable(table, known)]),
  ];
}

function newTable(
  table: Table,
  known: KnownTables,
  nameFor: Parameters<typeof planFirstIndexes>[1],
): readonly PlanItem[] {
  const at = { table: table.name, path: table.path ?? [] };
  return [
    step({ kind: "createTable", sentence: `Adds ${tableLabel(table)}.`, sql: createTable(table), ...at }),
    ...planFirstIndexes(table, nameFor),
    ...planFirstForeignKeys(table, known),
    ...planTriggers(null, table),
  ];
}

function keyChange(actual: Table, desired: Table): PlanItem | null {
  if (JSON.stringify(actual.primaryKey.columns) === JSON.stringify(desired.primaryKey.columns)) return null;
  const columns = actual.primaryKey.columns.map((column) => `"${column}"`).join(", ");
  const sentence = `The key of ${tableLabel(desired)} is stored in ${columns} of "${desired.name}", which cannot change. Keep that column, or give ${tableLabel(desired)} a table of its own.`;
  return refusal("key_changed", desired.path, sentence);
}

function longNames(table: Table): readonly PlanItem[] {
  const tooLong = (name: string) => nameBytes(name) > maxIdentifierBytes;
  const sentence = (label: string, name: string) =>
    `${label} would be stored under "${name}", which is longer than ${maxIdentifierBytes} bytes. Give it a shorter stored name.`;
  return [
    ...(tooLong(table.name) ? [refusal("name_too_long", table.path, sentence(tableLabel(table), table.name))] : []),
    ...table.columns
      .filter((column) => tooLong(column.name))
      .map((column) => refusal("name_too_long", column.path, sentence(columnLabel(table, column), column.name))),
  ];
}

function relationNames(schema: Schema): ReadonlySet<string> {
  return new Set(
    schema.tables.flatMap((table) => [
      table.name,
      table.primaryKey.name,
      ...table.indexes.filter((index) => index.valid).map((index) => index.name),
    ]),
  );
}

function byName(schema: Schema): ReadonlyMap<string, Table> {
  return new Map(schema.tables.map((table) => [table.name, table]));
}

function sorted(steps: readonly SchemaStep[]): readonly SchemaStep[] {
  const rank = (step: SchemaStep) => (step.when === "beforeSwitch" ? 0 : order.length) + order.indexOf(step.kind);
  return steps.toSorted((one, other) => rank(one) - rank(other));
}
