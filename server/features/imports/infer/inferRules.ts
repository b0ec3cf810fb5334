import type { Attribute } from "#lib/model/types.ts";
import type { CatalogCheck, CatalogUnique } from "../catalog/Catalog.ts";
import type { ColumnRules } from "./columnRules.ts";
import { choiceOf, mergeRules, readCheck } from "./columnRules.ts";
import type { TableDraft } from "./TableDraft.ts";

/** Carries checks, those of domains too, to the attributes they speak of. */
export function inferChecks(draft: TableDraft): void {
  for (const check of draft.table.checks) applyCheck(draft, check);
  for (const column of draft.table.columns) {
    for (const check of column.type.domain?.checks ?? []) {
      // A domain's check speaks of VALUE, which reads as a column of that name.
      applyCheck(draft, check, column.name);
    }
  }
}

function applyCheck(draft: TableDraft, check: CatalogCheck, domainColumn?: string): void {
  const columnOf = (name: string) =>
    domainColumn !== undefined && name.toLowerCase() === "value" ? domainColumn : name;
  const { column, rules, note } = readCheck(check, (name) => draft.attributes.get(columnOf(name))?.type);
  const attribute = column === null ? undefined : draft.attributes.get(columnOf(column));
  const changed = attribute && withRules(attribute, rules);
  if (!attribute || !changed) {
    draft.note(check.name, `The check ${shorten(check.expression)} cannot be said in the language: it is not taken.`);
    return;
  }
  draft.attributes.set(attribute.column, changed);
  if (note) draft.note(check.name, note);
}

/** Null when the attribute cannot hold the rules. */
function withRules(attribute: Attribute, rules: ColumnRules): Attribute | null {
  const { options, required, ...others } = rules;
  if (attribute.pattern !== undefined && others.pattern !== undefined) return null;
  if (options) return Object.keys(others).length === 0 ? asChoice(attribute, options) : null;
  const { min, max, minLength, maxLength, pattern, ...rest } = attribute;
  const { options: _, required: __, ...merged } = mergeRules(attribute.type, attribute, others);
  if (isContradiction(merged)) return null;
  return { ...rest, ...merged, required: attribute.required || required === true };
}

function asChoice(attribute: Attribute, options: readonly string[]): Attribute | null {
  if (attribute.type.kind !== "text" || options.some((option) => option.includes("\0"))) return null;
  const { minLength, maxLength, pattern, default: fallback, ...rest } = attribute;
  const type = choiceOf(options);
  if (type.kind !== "choice") return null;
  if (fallback === undefined) return { ...rest, type };
  const option = type.options.find(({ stored }) => fallback.kind === "literal" && stored === fallback.value);
  return option ? { ...rest, type, default: { kind: "literal", value: option.name } } : null;
}

function isContradiction({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: ColumnRules): boolean {
  return minLength > maxLength;
}

/** Carries what is unique, alone or together. The names of all fields are known. */
export function inferUniques(draft: TableDraft): void {
  const primary = draft.table.primaryKey;
  if (primary && draft.keyColumn === null) applyUnique(draft, { ...primary, nullsNotDistinct: false });
  for (const unique of draft.table.uniques) applyUnique(draft, unique);
}

function applyUnique(draft: TableDraft, { name, columns, nullsNotDistinct }: CatalogUnique): void {
  // Whatever is told apart by the key alone is told apart by more.
  if (draft.keyColumn !== null && columns.includes(draft.keyColumn)) return;
  const fields = columns.map((column) => draft.fieldOf(column));
  const missing = columns.filter((_, index) => fields[index] === undefined);
  const unordered = columns.filter((column) => draft.attributes.get(column)?.type.kind === "json");
  if (missing.length + unordered.length > 0) {
    const which = [...missing, ...unordered].join(", ");
    draft.note(name, `It made (${columns.join(", ")}) unique, which is not taken because of ${which}.`);
    return;
  }
  if (nullsNotDistinct) draft.note(name, "Empty values counted as equal; now several records may be empty there.");
  const [column] = columns;
  if (columns.length === 1 && column !== undefined) {
    makeUnique(draft, column);
    return;
  }
  const group = fields.filter((field) => field !== undefined);
  if (!draft.uniques.some((known) => sameList(known, group))) draft.uniques.push(group);
}

function makeUnique(draft: TableDraft, column: string): void {
  const attribute = draft.attributes.get(column);
  if (attribute) draft.attributes.set(column, { ...attribute, unique: true });
  const link = draft.links.get(column);
  if (link) draft.links.set(column, { ...link, unique: true });
}

/** Carries plain indexes; the rest is told of. */
export function inferIndexes(draft: TableDraft): void {
  for (const index of draft.table.indexes) {
    if (!index.columns) {
      const rule = index.unique ? "What it keeps unique is not taken" : "It is not taken";
      draft.note(index.name, `${rule}: an index of an app is over whole columns. It was ${shorten(index.definition)}.`);
      continue;
    }
    const fields = index.columns.map(({ name, descending }) => ({
      name: draft.fieldOf(name),
      column: name,
      descending,
    }));
    const [first] = fields;
    if (fields.length === 1 && first && hasOwnIndex(draft, first.column)) continue;
    const missing = fields.filter(
      ({ name, column }) => name === undefined || draft.attributes.get(column)?.type.kind === "json",
    );
    if (missing.length > 0) {
      draft.note(index.name, `The index is not taken, because of ${missing.map(({ column }) => column).join(", ")}.`);
      continue;
    }
    const made = {
      fields: fields.flatMap(({ name, descending }) => (name === undefined ? [] : [{ name, descending }])),
    };
    if (!draft.indexes.some((known) => JSON.stringify(known) === JSON.stringify(made))) draft.indexes.push(made);
  }
}

/** The key, every relationship and everything unique is indexed without saying so. */
function hasOwnIndex(draft: TableDraft, column: string): boolean {
  return column === draft.keyColumn || draft.links.has(column) || draft.attributes.get(column)?.unique === true;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 160).toWellFormed()}…` : line;
}
