import type { AppError } from "#lib/errors/AppError.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { AppTest, TestExpectation, TestValue } from "#lib/model/testTypes.ts";
import type { Attribute, AttributeType, Model } from "#lib/model/types.ts";
import { compareCanonical } from "#lib/model/values/compareCanonical.ts";
import { sentenceList } from "#lib/model/words/sentenceList.ts";
import { type Catalog, type Entity, type ReadableField, readableOf } from "#lib/plan/catalog/Catalog.ts";
import { arrayElements } from "#lib/plan/values/arrayLiteral.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { readAttribute } from "#lib/plan/values/readAttribute.ts";
import { amountOfStored } from "#lib/plan/values/storedValue.ts";
import type { GivenRows } from "./GivenRows.ts";
import type { Outcome } from "./performDeed.ts";

export interface JudgeParts {
  readonly catalog: Catalog;
  readonly rows: GivenRows;
}

/** One sentence of what was expected and what came instead; null where it is what was expected. */
export function whyUnexpected({ expect }: Pick<AppTest, "expect">, outcome: Outcome, parts: JudgeParts): string | null {
  switch (expect.kind) {
    case "done":
      if (outcome.kind === "refused") return `Expected it to be done, but it was ${refusal(outcome.error)}.`;
      if (outcome.kind === "listed" || !expect.record) return null;
      return whyOtherRecord(expect.record, outcome, parts);
    case "rows":
      if (outcome.kind === "refused") return `Expected ${listOf(expect.rows)}, but it was ${refusal(outcome.error)}.`;
      if (outcome.kind === "done") return "Expected a list of records, but what was done answers one.";
      return whyOtherRows(expect.rows, outcome, parts);
    case "refused":
      return whyNotRefused(expect, outcome);
  }
}

function whyNotRefused(expect: Extract<TestExpectation, { kind: "refused" }>, outcome: Outcome): string | null {
  const { code, field } = expect;
  const expected = field === undefined ? code : `${code} for ${field}`;
  if (outcome.kind !== "refused") return `Expected it to be refused with ${expected}, but it was done.`;
  const { error } = outcome;
  const isThat = error.code === code && (field === undefined || error.fields.some((one) => isField(one.field, field)));
  return isThat ? null : `Expected it to be refused with ${expected}, but it was ${refusal(error)}.`;
}

/** The field itself, a part of it, or the key of the belongsTo that it names. */
function isField(found: string, expected: string): boolean {
  return [expected, foreignKeyField({ name: expected })].some((name) => found === name || found.startsWith(`${name}.`));
}

function refusal({ code, message, fields }: AppError): string {
  const told = fields.map((one) => `${one.field}: ${one.message}`).slice(0, 3);
  const more = told.length > 0 && !told.some((one) => one.includes(message)) ? ` (${told.join(" ")})` : "";
  return `refused with ${code}: ${message.replace(/\.$/, "")}${more.replace(/\.\)$/, ")")}`;
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return "no records";
  return sentenceList(names.map((name) => `\`${name}\``));
}

function whyOtherRows(
  expected: readonly string[],
  { entity, keys }: Extract<Outcome, { kind: "listed" }>,
  { rows }: JudgeParts,
): string | null {
  const missing = expected.filter((name) => !keys.includes(rows.named(name).key));
  const found = keys.map((key) => rows.nameOf(entity, key));
  const extra = found.flatMap((name) => (name !== null && !expected.includes(name) ? [name] : []));
  const nameless = found.filter((name) => name === null).length;
  if (missing.length === 0 && extra.length === 0 && nameless === 0) return null;
  const others =
    nameless === 0
      ? []
      : [
          `${nameless} that ${nameless === 1 ? "is" : "are"} there because others need ${nameless === 1 ? "it" : "them"}`,
        ];
  const came = [...extra.map((name) => `\`${name}\``), ...others];
  const parts = [
    ...(missing.length > 0 ? [`${listOf(missing)} did not come`] : []),
    ...(came.length > 0 ? [`${sentenceList(came)} came too`] : []),
  ];
  return `Expected ${listOf(expected)}, but ${parts.join(" and ")}.`;
}

function whyOtherRecord(
  expected: Readonly<Record<string, TestValue>>,
  { entity, record }: Extract<Outcome, { kind: "done" }>,
  parts: JudgeParts,
): string | null {
  if (record === null) return "It was done, but whoever did it may not see the record, of which something is expected.";
  const wrong = Object.entries(expected).flatMap(([name, value]) =>
    whyOther(name, value, { entity, record, ...parts }),
  );
  return wrong.length === 0 ? null : `Expected ${wrong.slice(0, 5).join(", and ")}.`;
}

interface Compared extends JudgeParts {
  readonly entity: Entity;
  readonly record: Readonly<Record<string, unknown>>;
}

/** `stage to be "won", but it is "lead"` */
function whyOther(name: string, value: TestValue, compared: Compared): readonly string[] {
  const { entity, record, rows } = compared;
  const relationship = entity.relationships.get(name);
  const wanted = parseExactJson(JSON.stringify(rows.resolved(value)));
  if (relationship && relationship.kind !== "belongsTo") {
    const keys = (linked: unknown) =>
      (Array.isArray(linked) ? linked : linked === null ? [] : [linked]).map(keyOf).sort();
    const [found, expected] = [keys(record[name] ?? null), keys(wanted)];
    return found.join("\0") === expected.join("\0")
      ? []
      : [`${name} to be ${print(expected)}, but it is ${print(found)}`];
  }
  const at = relationship ? foreignKeyField(relationship) : name;
  const field = readableOf(entity, at);
  const found = record[at];
  if (!field || !Object.hasOwn(record, at)) return [`${name} to be ${print(wanted)}, but there is no such field`];
  if (isEqual(field, wanted, { found, ...compared })) return [];
  if (isMasked(compared.catalog, field)) return [`another value of ${name} (it is masked)`];
  return [`${name} to be ${named(field, wanted, compared)}, but it is ${named(field, found, compared)}`];
}

function keyOf(linked: unknown): string {
  return typeof linked === "object" && linked !== null && "id" in linked ? String(linked.id) : String(linked);
}

/** Values are compared as they are stored: `"12.5"` is `"12.50"`. */
function isEqual(
  field: ReadableField,
  wanted: unknown,
  { found, catalog }: Compared & { readonly found: unknown },
): boolean {
  if (wanted === null || found === null) return wanted === found;
  const { type } = field;
  const [one, other] = [wanted, found].map((value) => {
    const reading = readAttribute({ type }, value, catalog.model);
    return "text" in reading ? reading.text : null;
  });
  if (typeof one !== "string" || typeof other !== "string") return isDeepEqual(wanted, found);
  return isEqualText(type, one, other) || isDeepEqual(wanted, found);
}

/** Numbers are equal whatever zeros they end in. */
function isEqualText(type: AttributeType, one: string, other: string): boolean {
  if (one === other) return true;
  if (type.kind === "list") {
    const [items, others] = [arrayElements(one) ?? [], arrayElements(other) ?? []];
    return items.length === others.length && items.every((item, at) => isEqualText(type.of, item, others[at] ?? ""));
  }
  if (type.kind === "money") {
    const isOne = type.currency !== undefined || one.slice(-5) === other.slice(-5);
    return isOne && compareCanonical(amountOfStored(one), amountOfStored(other), "decimal") === 0;
  }
  return type.kind === "decimal" && compareCanonical(one, other, "decimal") === 0;
}

function isDeepEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || "rawJSON" in value) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}

/** Whether its value is not to be told; of a value object whether any part of it is not. */
function isMasked({ model }: Catalog, field: ReadableField): boolean {
  return isSecret(model, {
    type: field.type,
    ...("attribute" in field && field.attribute?.sensitive && { sensitive: true }),
  });
}

function isSecret(model: Model, { type, sensitive }: Pick<Attribute, "type" | "sensitive">): boolean {
  if (sensitive || type.kind === "encrypted") return true;
  const parts = type.kind === "embed" ? model.valueObjects?.find(({ name }) => name === type.valueObject) : undefined;
  return parts?.attributes.some((part) => isSecret(model, part)) ?? false;
}

/** A key is shown by the name of the given record. */
function named(field: ReadableField, value: unknown, { catalog, rows, entity }: Compared): string {
  const target = "reference" in field && field.reference ? catalog.entities.get(field.reference.target) : null;
  const of = target ?? (field.name === "id" ? entity : null);
  const name = of && (typeof value === "string" || typeof value === "number") ? rows.nameOf(of, String(value)) : null;
  return name === null ? print(value) : `\`${name}\``;
}

const longest = 200;

function print(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
