import { printDefault } from "../../sql/ddl/columnDefault.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import type { Column, Schema, SchemaFunction, Table, Trigger } from "../../sql/ddl/Schema.ts";
import { storedName } from "../../sql/ddl/storedName.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";
import { columnsOf, storedNameOf } from "./columnGroup.ts";
import { conversionOf } from "./conversion.ts";
import { heldIn } from "./heldIn.ts";

/**
 * What a model asks for, and besides the triggers that keep the columns of an attribute whose type changed in step, for
 * as long as there is more than one: whichever version writes, the others read the same as far as their types can say it.
 */
export function withColumnsInStep(actual: Schema, desired: Schema): Schema {
  const there = new Map(actual.tables.map((table) => [table.name, table]));
  const functions: SchemaFunction[] = [...(desired.functions ?? [])];
  const tables = desired.tables.map((table) => {
    const found = there.get(table.name);
    if (!found) return table;
    const programs = storedNames(found).flatMap(
      (name) => programsFor(found, table, name) ?? keptPrograms(actual, found, name),
    );
    if (programs.length === 0) return table;
    functions.push(...programs.map((program) => program.function));
    return { ...table, triggers: [...(table.triggers ?? []), ...programs.map(({ trigger }) => trigger)] };
  });
  return { ...desired, tables, functions };
}

interface Programs {
  readonly function: SchemaFunction;
  readonly trigger: Trigger;
}

/** The name of function and trigger; the digit lets it fire before all others. */
export function stepName(table: string, name: string): string {
  return storedName(["gantry_0", table, name], "step");
}

function storedNames(table: Table): readonly string[] {
  return [...new Set(table.columns.map(storedNameOf))];
}

/** Null for a stored name that the model no longer has: what is there stays. */
function programsFor(actual: Table, desired: Table, name: string): readonly Programs[] | null {
  const target = desired.columns.find((column) => storedNameOf(column) === name);
  if (!target) return null;
  const columns = columnsInStep(actual, target);
  if (columns.length < 2) return [];
  return [stepPrograms(actual.name, columns, columns.find((column) => column.name === target.name) ?? null)];
}

/** The target and all columns beside it that its values can go to and come from, the newest first. */
export function columnsInStep(actual: Table, target: Column): readonly Column[] {
  if (target.fill !== undefined || actual.primaryKey.columns.includes(target.name)) return [];
  const others = columnsOf(actual, storedNameOf(target)).filter((column) => column.name !== target.name);
  const found = actual.columns.find((column) => column.name === target.name);
  const at = found ? actual.columns.indexOf(found) : actual.columns.length;
  const type = found && heldIn(found, target) !== "wider" ? found.type : target.type;
  const beside = others.filter((column) => conversionOf(column, target) && conversionOf(target, column));
  const older = beside.filter((column) => actual.columns.indexOf(column) < at);
  const newer = beside.filter((column) => actual.columns.indexOf(column) > at);
  return [...older, { ...target, type }, ...newer].toReversed();
}

function keptPrograms(actual: Schema, table: Table, name: string): readonly Programs[] {
  const kept = stepName(table.name, name);
  const trigger = table.triggers?.find((candidate) => candidate.name === kept);
  const found = actual.functions?.find((candidate) => candidate.name === kept);
  return trigger && found ? [{ function: found, trigger }] : [];
}

/** Function and trigger for these columns, the newest first. `target` is the one whose moment of creation is a default. */
export function stepPrograms(table: string, columns: readonly Column[], target: Column | null): Programs {
  const [newest] = columns;
  if (!newest) throw new Error("No columns are kept in step.");
  const name = stepName(table, storedNameOf(newest));
  const path = (target ?? newest).path;
  const label = path ? `${path[0]}.${path[2]}` : `"${storedNameOf(newest)}" of "${table}"`;
  const body = stepBody(columns, target);
  let tag = "$gantry$";
  while (body.includes(tag)) tag = `${tag.slice(0, -1)}_$`;
  const names = columns.map((column) => quoteIdentifier(column.name)).join(", ");
  return {
    function: {
      name,
      sentence: `Says how the columns of ${label} follow each other.`,
      definition: `() RETURNS trigger LANGUAGE plpgsql AS ${tag}\n${body}\n${tag}`,
      ...(path && { path }),
    },
    trigger: {
      name,
      sentence: `Keeps the columns of ${label} in step, whichever version writes.`,
      event: `BEFORE INSERT OR UPDATE OF ${names}`,
      action: `FOR EACH ROW EXECUTE FUNCTION ${functionName(name)}()`,
      ...(path && { path }),
    },
  };
}

function stepBody(columns: readonly Column[], target: Column | null): string {
  const given = columns.map(
    (column) => [`NEW.${quoteIdentifier(column.name)} IS NOT NULL`, carried(column, columns)] as const,
  );
  const changed = columns.map(
    (column) =>
      [
        `NEW.${quoteIdentifier(column.name)} IS DISTINCT FROM OLD.${quoteIdentifier(column.name)}`,
        carried(column, columns),
      ] as const,
  );
  return [
    "BEGIN",
    "  IF TG_OP = 'INSERT' THEN",
    ...branches(given, target ? defaulted(target, columns) : []).map((line) => `    ${line}`),
    "  ELSE",
    ...branches(changed, []).map((line) => `    ${line}`),
    "  END IF;",
    "  RETURN NEW;",
    "END",
  ].join("\n");
}

function branches(
  cases: readonly (readonly [string, readonly string[]])[],
  otherwise: readonly string[],
): readonly string[] {
  return [
    ...cases.flatMap(([condition, lines], at) => [
      `${at === 0 ? "IF" : "ELSIF"} ${condition} THEN`,
      ...lines.map((line) => `  ${line}`),
    ]),
    ...(otherwise.length > 0 ? ["ELSE", ...otherwise.map((line) => `  ${line}`)] : []),
    "END IF;",
  ];
}

/** Takes a column's value over to the others, unless they say the same already: what is spelled otherwise stays so. */
function carried(from: Column, columns: readonly Column[]): readonly string[] {
  const source = `NEW.${quoteIdentifier(from.name)}`;
  return columns
    .filter((column) => column !== from)
    .flatMap((column) => {
      const forth = conversionOf(from, column);
      const back = conversionOf(column, from);
      if (!forth || !back) return [];
      const place = `NEW.${quoteIdentifier(column.name)}`;
      // In parentheses, or the THEN of a CASE would end the condition.
      return [`IF (${back.of(place)}) IS DISTINCT FROM ${source} THEN ${place} := ${forth.of(source)}; END IF;`];
    });
}

/** A default of the column itself would hide what an older version writes beside it. */
function defaulted(target: Column, columns: readonly Column[]): readonly string[] {
  const value = target.default;
  if (!value || value.kind === "literal" || value.kind === "identity" || value.kind === "other") return [];
  return [`NEW.${quoteIdentifier(target.name)} := ${printDefault(value, target.type)};`, ...carried(target, columns)];
}
