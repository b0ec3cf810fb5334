import { printColumnType } from "../../sql/ddl/columnType.ts";
import type { Column, Table } from "../../sql/ddl/Schema.ts";
import { setColumnType } from "../../sql/ddl/statements.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";
import { storedNameOf } from "./columnGroup.ts";
import { heldIn } from "./heldIn.ts";
import { counted, refusal, step, suchAs } from "./planItems.ts";
import type { Ask, Examples, ValueSql } from "./Question.ts";
import type { PlanItem } from "./SchemaPlan.ts";

/** One column that the model asks for, where its values come from, and how to ask about them. */
export interface Place {
  readonly table: Table;
  readonly actual: Table;
  readonly label: string;
  readonly ask: Ask;
  readonly live: Table | undefined;
  readonly examples: Examples;
}

/** Of a column that stays where it is. */
export function typeChange({ table, label, ask, examples }: Place, found: Column, column: Column): readonly PlanItem[] {
  const { path = [] } = column;
  const at = { table: table.name, path };
  switch (heldIn(found, column)) {
    case "same":
      return [];
    case "wider": {
      const sentence = `Lets ${label} hold more digits.`;
      const sql = setColumnType(table.name, column.name, column.type);
      return [step({ kind: "setColumnType", sentence, sql, ...at })];
    }
    case "narrower": {
      // The column stays as wide as it is and the runtime holds the limits, once what is there keeps them.
      if (column.type.kind !== "numeric" || !column.type.limits) return [];
      const value = quoteIdentifier(column.name);
      const answer = ask({ kind: "misfits", table: table.name, value, limits: column.type.limits, examples });
      const misfits = answer.count;
      if (misfits === 0n) return [];
      const sentence = `${counted(misfits, "value", "values")} of ${label}${suchAs(answer, examples)} ${misfits === 1n ? "has" : "have"} more digits than ${printColumnType(column.type)} holds. Change them, or keep the old precision and scale.`;
      return [refusal("values_too_long", path, sentence)];
    }
    case null: {
      const sentence = `${label} is stored in the column "${column.name}" of "${table.name}", which holds ${printColumnType(found.type)} and cannot become ${printColumnType(column.type)}. Add a new attribute with a column of its own and copy the values.`;
      return [refusal("type_changed", path, sentence)];
    }
  }
}

/** What the model alone knows of values, so that whether it was tightened shows in the rows only. */
export function valueRules(place: Place, column: Column, value: ValueSql): readonly PlanItem[] {
  return [...choiceChange(place, column, value), ...limitsChange(place, column, value)];
}

function choiceChange({ table, label, ask, examples }: Place, column: Column, value: ValueSql): readonly PlanItem[] {
  if (!column.choices || column.type.kind !== "text") return [];
  const answer = ask({ kind: "strangers", table: table.name, value, choices: column.choices, examples });
  const strangers = answer.count;
  if (strangers === 0n) return [];
  const sentence = `${counted(strangers, "row holds", "rows hold")} a value in ${label} that is none of its options${suchAs(answer, examples)}. Change ${strangers === 1n ? "it" : "them"} first, or keep the option.`;
  return [refusal("values_unknown", column.path, sentence)];
}

/** Asked only where the release that serves has other limits: what it let in before is its own matter. */
function limitsChange(
  { table, label, ask, examples, live }: Place,
  column: Column,
  value: ValueSql,
): readonly PlanItem[] {
  const before = live?.columns.find((candidate) => storedNameOf(candidate) === storedNameOf(column));
  if (!column.limits || !before || JSON.stringify(before.limits) === JSON.stringify(column.limits)) return [];
  const answer = ask({ kind: "outside", table: table.name, value, limits: column.limits, examples });
  const outside = answer.count;
  if (outside === 0n) return [];
  const sentence = `${counted(outside, "value", "values")} of ${label}${suchAs(answer, examples)} ${outside === 1n ? "is" : "are"} outside its new limits. Change ${outside === 1n ? "it" : "them"} first, or keep the limits.`;
  return [refusal("values_outside", column.path, sentence)];
}
