import { createFunction, createTrigger, dropFunction, dropTrigger } from "../../sql/ddl/programs.ts";
import type { Column, Schema, Table } from "../../sql/ddl/Schema.ts";
import { dropColumn, dropForeignKey, dropTable } from "../../sql/ddl/statements.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";
import { storedNameOf } from "./columnGroup.ts";
import { columnsInStep, stepName, stepPrograms } from "./keepInStep.ts";
import { step } from "./planItems.ts";
import type { Question } from "./Question.ts";
import type { RetiredPart, SchemaStep } from "./SchemaPlan.ts";

/** A retired part with the step that deletes it for good, and the question how much that deletes. */
export interface Contract {
  readonly part: RetiredPart;
  /** `orders`, or `orders.note`. */
  readonly name: string;
  readonly question: Question;
  readonly step: SchemaStep;
}

/** What a database keeps although the release that serves has it no longer. */
export function planContracts(actual: Schema, live: Schema): readonly Contract[] {
  const serving = new Map(live.tables.map((table) => [table.name, table]));
  return actual.tables.flatMap((table) => {
    const desired = serving.get(table.name);
    if (!desired) return table.retired ? [tableContract(actual, table)] : [];
    const wanted = new Set(desired.columns.map(({ name }) => name));
    return table.columns
      .filter(({ name, mark }) => !wanted.has(name) && mark?.retired)
      .map((column) => columnContract(table, column, desired));
  });
}

function tableContract(actual: Schema, table: Table): Contract {
  const links = actual.tables
    .filter((other) => other.name !== table.name)
    .flatMap((other) =>
      other.foreignKeys
        .filter((key) => key.target.table === table.name)
        .map((key) => dropForeignKey(other.name, key.name)),
    );
  const own = (actual.functions ?? []).filter(
    ({ found }) => found?.tables.length === 1 && found.tables[0] === table.name,
  );
  return {
    part: { table: table.name, since: table.retired ?? null },
    name: table.name,
    question: { kind: "rows", table: table.name },
    step: deletion({
      kind: "dropTable",
      sentence: `Deletes the table "${table.name}" with all its rows.`,
      sql: [...links, dropTable(table.name), ...own.map(({ name }) => dropFunction(name))],
      table: table.name,
    }),
  };
}

function columnContract(table: Table, column: Column, desired: Table): Contract {
  const { name, type, mark } = column;
  return {
    part: { table: table.name, column: name, type, since: mark?.retired ?? null },
    name: `${table.name}.${name}`,
    question: { kind: "values", table: table.name, value: quoteIdentifier(name), examples: { key: [] } },
    step: deletion({
      kind: "dropColumn",
      sentence: `Deletes the column "${name}" of "${table.name}" with all its values.`,
      sql: [...outOfStep(table, column, desired), dropColumn(table.name, name)],
      table: table.name,
    }),
  };
}

/** Ends the keeping in step of a column with the others of its attribute, which go on among themselves. */
function outOfStep(table: Table, column: Column, desired: Table): readonly string[] {
  const storedName = storedNameOf(column);
  const name = stepName(table.name, storedName);
  if (!table.triggers?.some((trigger) => trigger.name === name)) return [];
  const rest = { ...table, columns: table.columns.filter((other) => other !== column) };
  const target = desired.columns.find((candidate) => storedNameOf(candidate) === storedName);
  const columns = target
    ? columnsInStep(rest, target)
    : rest.columns.filter((other) => storedNameOf(other) === storedName).toReversed();
  if (columns.length < 2) return [dropTrigger(table.name, name), dropFunction(name)];
  const kept = columns.find((other) => other.name === target?.name) ?? null;
  const programs = stepPrograms(table.name, columns, kept);
  return [createFunction(programs.function), createTrigger(table.name, programs.trigger)];
}

function deletion(parts: {
  readonly kind: "dropTable" | "dropColumn";
  readonly sentence: string;
  readonly sql: readonly string[];
  readonly table: string;
}): SchemaStep {
  return step({ ...parts, sql: parts.sql.join(";\n") }).step;
}
