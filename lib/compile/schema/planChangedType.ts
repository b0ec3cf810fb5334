import { printColumnType } from "../../sql/ddl/columnType.ts";
import type { Column } from "../../sql/ddl/Schema.ts";
import { addColumn, dropDefault, dropNotNull } from "../../sql/ddl/statements.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";
import { type Place, typeChange, valueRules } from "./columnRules.ts";
import { conversionOf, spokenType } from "./conversion.ts";
import { fillSteps } from "./fillColumns.ts";
import { counted, refusal, step, suchAs } from "./planItems.ts";
import type { PlanItem } from "./SchemaPlan.ts";

interface ChangedType {
  /** The column that the model asks for, where it is there already. */
  readonly found: Column | undefined;
  /** The other columns of the attribute. */
  readonly others: readonly Column[];
  /** The one whose values count. */
  readonly current: Column | null;
}

/**
 * An attribute that has had other types. Each type has a column; triggers (`withColumnsInStep`) let every version read
 * what the other writes. What cannot be said in the new type is counted before anything runs.
 */
export function planChangedType(place: Place, column: Column, given: ChangedType): readonly PlanItem[] {
  const { table, label } = place;
  const { found, others, current } = given;
  const at = { table: table.name, path: column.path ?? [] };
  const refusals = [...strangerTypes(place, column, others), ...lostValues(place, column, given)];
  if (refusals.length > 0) return refusals;
  const items: PlanItem[] = others.flatMap((other) => relaxed(place, column, other));
  if (!found) {
    const sentence = `Adds a column for ${label} as ${printColumnType(column.type)}.`;
    const added = { ...column, nullable: true, default: null };
    items.push(step({ kind: "addColumn", sentence, sql: addColumn(table.name, added), ...at }));
  } else {
    items.push(...typeChange(place, found, column));
    items.push(...relaxed(place, column, found));
  }
  const source = current && current.name !== column.name ? conversionOf(current, column) : null;
  if (!current || !source) return items;
  const fill = source.of(quoteIdentifier(current.name));
  // One that was filled once has been kept in step since; an original has never been out of it.
  const isFull = found && (found.mark?.filled !== undefined || found.of === undefined);
  return isFull ? items : [...items, ...filled(place, column, fill)];
}

function filled({ table, label }: Place, column: Column, fill: string): readonly PlanItem[] {
  return fillSteps(table, label, { ...column, fill });
}

/** Values of a type that means nothing in the new one, or the other way round. */
function strangerTypes({ table, label, ask }: Place, column: Column, others: readonly Column[]): readonly PlanItem[] {
  return others.flatMap((other) => {
    if (conversionOf(other, column) && conversionOf(column, other)) return [];
    const value = quoteIdentifier(other.name);
    const { count } = ask({ kind: "values", table: table.name, value, examples: { key: [] } });
    if (count === 0n) return [];
    const held = `${label} holds ${counted(count, "value", "values")} as ${other.form ?? printColumnType(other.type)} in the column "${other.name}" of "${table.name}"`;
    const sentence = `${held}, which cannot become ${spokenType(column)}. ${other.mark?.retired ? "Delete the retired values first, or give" : "Give"} the attribute a column of its own.`;
    return [refusal("type_changed", column.path, sentence)];
  });
}

/** What the new type cannot say, what is required and not there, and what the model's own rules forbid. */
function lostValues(place: Place, column: Column, { found, current }: ChangedType): readonly PlanItem[] {
  const { table, actual, label, ask, examples } = place;
  const value = filledValue(column, found, current);
  const from = current ? quoteIdentifier(current.name) : value;
  const items: PlanItem[] = [];
  const conversion = current && conversionOf(current, column);
  if (current && current.name !== column.name && conversion && (found || !conversion.total)) {
    const answer = ask({ kind: "unconvertible", table: table.name, from, value, examples });
    if (answer.count > 0n) {
      const [verb, them] = answer.count === 1n ? ["is", "it"] : ["are", "them"];
      const sentence = `${counted(answer.count, "value", "values")} of ${label} ${verb} no ${spokenType(column)}${suchAs(answer, examples)}. Change ${them} first, or give the attribute a column of its own.`;
      items.push(refusal("values_unconvertible", column.path, sentence));
    }
  }
  if (!column.nullable) {
    const shown = { key: actual.primaryKey.columns };
    const empty = current && current.name !== column.name ? `coalesce(${from}::text, (${value})::text)` : value;
    const answer = ask({ kind: "nulls", table: table.name, value: empty, examples: shown });
    if (answer.count > 0n) {
      const them = answer.count === 1n ? "it" : "them";
      const sentence = `${label} is required now, but ${counted(answer.count, "row has", "rows have")} no value there${suchAs(answer, shown)}. Fill ${them} in or leave it optional.`;
      items.push(refusal("values_missing", column.path, sentence));
    }
  }
  return [...items, ...valueRules(place, column, value)];
}

/** What the column holds once it is filled, as SQL over the columns that are there. */
export function filledValue(column: Column, found: Column | undefined, current: Column | null): string {
  const there = found ? quoteIdentifier(found.name) : null;
  const conversion = current && current.name !== column.name ? conversionOf(current, column) : null;
  const converted = current && conversion ? conversion.of(quoteIdentifier(current.name)) : null;
  if (there && converted && found?.mark?.filled === undefined && found?.of !== undefined) {
    return `coalesce(${there}, ${converted})`;
  }
  return there ?? converted ?? `NULL::${printColumnType(column.type)}`;
}

/** A column beside the one that the model asks for, or that one itself: the triggers give it values, or none. */
function relaxed({ table, label }: Place, column: Column, other: Column): readonly PlanItem[] {
  const at = { table: table.name, path: column.path ?? [] };
  const back = other.name === column.name ? null : conversionOf(column, other);
  const mayBeEmpty = column.nullable || (other.name !== column.name && !back?.total);
  return [
    ...(!other.nullable && mayBeEmpty
      ? [
          step({
            kind: "dropNotNull",
            sentence: `Lets "${other.name}" be empty where ${label} says what it cannot hold.`,
            sql: dropNotNull(table.name, other.name),
            ...at,
          }),
        ]
      : []),
    // Every version sets its literal defaults itself; one of the column would hide what another version writes.
    ...(other.default?.kind === "literal"
      ? [
          step({
            kind: "dropDefault",
            sentence: `Leaves the default of ${label} to the versions that write.`,
            sql: dropDefault(table.name, other.name),
            ...at,
          }),
        ]
      : []),
  ];
}
