import type { Column, Table, TableIndex } from "../../sql/ddl/Schema.ts";
import { createIndex, dropIndex } from "../../sql/ddl/statements.ts";
import { columnsOf, currentOf, storedNameOf } from "./columnGroup.ts";
import { filledValue } from "./planChangedType.ts";
import { counted, fieldName, refusal, step, suchAs, tableLabel } from "./planItems.ts";
import type { Ask, Examples } from "./Question.ts";
import type { RelationNames } from "./RelationNames.ts";
import type { PlanItem } from "./SchemaPlan.ts";

/** The indexes of a table that is about to be made: nobody uses it yet, so they need no concurrent build. */
export function planFirstIndexes(table: Table, nameFor: (index: TableIndex) => string): readonly PlanItem[] {
  return table.indexes.map((index) =>
    step({
      kind: "createIndex",
      sentence: indexSentence(table, index),
      sql: createIndex(table.name, { ...index, name: nameFor(index) }, { concurrently: false }),
      table: table.name,
      path: index.path ?? [],
    }),
  );
}

/** Indexes are compared by what they index, not by name. */
export function planIndexes(
  actual: Table,
  desired: Table,
  {
    ask,
    nameFor,
    live,
  }: { readonly ask: Ask; readonly nameFor: (index: TableIndex) => string; readonly live: Table | undefined },
): readonly PlanItem[] {
  const valid = new Set(actual.indexes.filter((index) => index.valid).map(definition));
  const wanted = new Set(desired.indexes.map(definition));
  const isOurs = (index: TableIndex) => index.special === undefined || specialName.test(index.name);
  return [
    ...actual.indexes.flatMap((index) => {
      if (!index.valid && isOurs(index))
        return [removal(desired, index, "Clears away an index whose building failed.", "beforeSwitch")];
      // Plain ones stay: they bind nobody, and an older version may need them.
      if (!index.unique || wanted.has(definition(index)) || !isOurs(index)) return [];
      return [removal(desired, index, `${subject(desired, index)} need not be unique any more.`, "afterSwitch")];
    }),
    ...desired.indexes
      .filter((index) => !valid.has(definition(index)))
      .flatMap((index) => {
        const repeated = index.unique ? repeats(actual, desired, { index, ask, live }) : null;
        if (repeated) return [repeated];
        return [
          step({
            kind: "createIndex",
            sentence: indexSentence(desired, index),
            sql: createIndex(desired.name, { ...index, name: nameFor(index) }, { concurrently: true }),
            cost: "builds an index",
            transactional: false,
            table: desired.name,
            path: index.path ?? [],
          }),
        ];
      }),
  ];
}

/** The plain name of an index, or another one where the database uses it for something else. */
export function indexNamer(names: RelationNames, taken: ReadonlySet<string>): (index: TableIndex) => string {
  return (index) =>
    index.special === undefined && taken.has(index.name)
      ? names.claim([index.name], index.unique ? "key" : "idx")
      : index.name;
}

function repeats(
  actual: Table,
  desired: Table,
  { index, ask, live }: { readonly index: TableIndex; readonly ask: Ask; readonly live: Table | undefined },
): PlanItem | null {
  if (index.special !== undefined && index.where === undefined) return null;
  const columns = index.columns.flatMap(({ name }) => desired.columns.find((column) => column.name === name) ?? []);
  const held = columns.map((column) => ({ column, value: valueThere(actual, column, live) }));
  // Rows without a value do not count as equal, and generated ids are not.
  const isNew = ({ value }: { readonly value: string | null }) => value === null;
  const added = held.filter(isNew).map(({ column }) => column);
  if (added.some((column) => column.default === null || column.default.kind === "uuid")) return null;
  // A condition may speak of columns that are not there yet; the building of the index tells then.
  if (added.length > 0 && index.where !== undefined) return null;
  const values = held.flatMap(({ value }) => value ?? []);
  const shown: Examples = columns.some(({ sensitive }) => sensitive) ? { key: [] } : "values";
  const where = index.where === undefined ? {} : { where: index.where };
  const answer = ask(
    values.length > 0
      ? { kind: "duplicates", table: actual.name, values, ...where, examples: shown }
      : { kind: "rows", table: actual.name },
  );
  const count = values.length > 0 ? answer.count : answer.count - 1n;
  if (count <= 0n) return null;
  const sentence =
    values.length > 0
      ? `${subject(desired, index)} cannot be unique: ${counted(count, "value occurs", "values occur")} more than once${suchAs(answer, "values")}. Change ${count === 1n ? "it" : "them"} first, or leave it as it is.`
      : `${subject(desired, index)} cannot be unique: its default would be the same in all ${count + 1n} rows. Make it optional without a default.`;
  return refusal("values_repeated", index.path, sentence);
}

/** Null for a column that no row has a value for yet. */
function valueThere(actual: Table, column: Column, live: Table | undefined): string | null {
  const all = columnsOf(actual, storedNameOf(column));
  const found = actual.columns.find(({ name }) => name === column.name);
  return all.length === 0 && !found ? null : filledValue(column, found, currentOf(all, live));
}

function removal(table: Table, index: TableIndex, sentence: string, when: "beforeSwitch" | "afterSwitch"): PlanItem {
  const at = { table: table.name, path: table.path ?? [] };
  return step({ kind: "dropIndex", when, sentence, sql: dropIndex(index.name), transactional: false, ...at });
}

function indexSentence(table: Table, index: TableIndex): string {
  return index.unique ? `Makes ${subject(table, index)} unique.` : `Indexes ${subject(table, index)}.`;
}

/** `Order.number`, or `Order.customer and orderedOn` for a group. */
function subject(table: Table, index: TableIndex): string {
  const names = index.columns.map(({ name }) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    return column ? fieldName(column) : name;
  });
  const isJoin = table.path?.[1] === "relationships";
  return isJoin ? tableLabel(table) : `${tableLabel(table)}.${names.join(" and ")}`;
}

/** What `specialIndexName` gives. */
const specialName = /_[0-9a-f]{16}_(?:key|idx)$/;

function definition(index: TableIndex): string {
  if (index.special !== undefined) return JSON.stringify([index.unique, index.name]);
  return JSON.stringify([index.unique, index.columns.map(({ name, descending }) => [name, descending])]);
}
