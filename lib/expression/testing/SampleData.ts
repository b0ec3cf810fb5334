import * as fc from "fast-check";
import type { ExpressionScope, RecordMember, ResourceTypes } from "../ExpressionScope.ts";
import type { EvaluationEnvironment } from "../evaluate/EvaluationEnvironment.ts";
import { fromCanonical, fromJson } from "../fromCanonical.ts";
import type { Value } from "../Value.ts";
import type { ValueType } from "../ValueType.ts";
import { sampleValues } from "./literalTexts.ts";

export interface SampleRow {
  readonly resource: string;
  readonly values: ReadonlyMap<string, Value>;
}

/** Rows in memory; relationships are found by the references of their belongsTo sides. */
export class SampleData {
  readonly #resources: ResourceTypes;
  readonly #context: ReadonlyMap<string, Value>;
  readonly rows: readonly SampleRow[];

  constructor(resources: ResourceTypes, rows: readonly SampleRow[], context: ReadonlyMap<string, Value>) {
    this.#resources = resources;
    this.rows = rows;
    this.#context = context;
  }

  environment(record: SampleRow | null): EvaluationEnvironment {
    return {
      record,
      context: (path) => this.#context.get(path.join(".")) ?? null,
      field: (root, { relationships }, field) => {
        const rows = this.#walk([root as SampleRow], relationships);
        return rows[0]?.values.get(field) ?? null;
      },
      related: (root, from, path) => this.#walk(this.#walk([root as SampleRow], from.relationships), path),
    };
  }

  #walk(rows: readonly SampleRow[], relationships: readonly string[]): readonly SampleRow[] {
    return relationships.reduce<readonly SampleRow[]>((at, name) => at.flatMap((row) => this.#step(row, name)), rows);
  }

  #step(row: SampleRow, name: string): readonly SampleRow[] {
    const member = this.#resources.of(row.resource)?.members.get(name);
    if (!member || member.kind === "field") return [];
    if (member.kind === "toOne" && member.reference !== undefined) {
      const key = row.values.get(member.reference) ?? null;
      return key === null ? [] : this.#of(member.resource).filter(({ values }) => values.get("id") === key);
    }
    const back = referenceTo(row.resource, this.#resources.of(member.resource)?.members ?? new Map());
    const found = this.#of(member.resource).filter(({ values }) => values.get(back) === row.values.get("id"));
    return member.kind === "toOne" ? found.slice(0, 1) : found;
  }

  #of(resource: string): readonly SampleRow[] {
    return this.rows.filter((row) => row.resource === resource);
  }
}

function referenceTo(resource: string, members: ReadonlyMap<string, RecordMember>): string {
  for (const member of members.values()) {
    if (member.kind === "toOne" && member.resource === resource && member.reference !== undefined)
      return member.reference;
  }
  return "";
}

const ids = [1, 2, 3].map((number) => `00000000-0000-4000-8000-00000000000${number}`);

/** Up to three rows of each of the resources, and values of the context. */
export function arbitrarySampleData(scope: ExpressionScope, resources: readonly string[]): fc.Arbitrary<SampleData> {
  const rows = resources.map((resource) =>
    fc
      .array(arbitraryRow(scope.resources, resource), { minLength: resource === scope.resource ? 1 : 0, maxLength: 3 })
      .map((list) => list.map((row, index) => ({ resource, values: new Map([...row, ["id", ids[index] ?? null]]) }))),
  );
  const context = [...scope.context].flatMap(([name, type]) =>
    type.kind === "object" ? type.members.map((member) => arbitraryEntry(`${name}.${member.name}`, member.type)) : [],
  );
  const clock = [arbitraryEntry("now", { kind: "timestamp" }), arbitraryEntry("today", { kind: "date" })];
  return fc
    .tuple(fc.tuple(...rows), fc.tuple(...context, ...clock))
    .map(([tables, known]) => new SampleData(scope.resources, tables.flat(), new Map(known)));
}

function arbitraryRow(resources: ResourceTypes, resource: string): fc.Arbitrary<Map<string, Value>> {
  const references = new Set<string>();
  const members = resources.of(resource)?.members ?? new Map<string, RecordMember>();
  for (const member of members.values()) {
    if (member.kind === "toOne" && member.reference !== undefined) references.add(member.reference);
  }
  const entries = [...members].flatMap(([name, member]) => {
    if (member.kind !== "field" || name === "id") return [];
    return references.has(name)
      ? [fc.constantFrom(null, ...ids).map((value): [string, Value] => [name, value])]
      : [arbitraryEntry(name, member.type)];
  });
  return fc.tuple(...entries).map((values) => new Map(values));
}

function arbitraryEntry(name: string, type: ValueType): fc.Arbitrary<[string, Value]> {
  return arbitraryValue(type).map((value) => [name, value]);
}

/** A value of a type, now and then null. */
function arbitraryValue(type: ValueType): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: presentValue(type) });
}

function presentValue(type: ValueType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case "choice":
      return fc.constantFrom(...type.options);
    case "list":
      return fc.array(arbitraryValue(type.of), { maxLength: 3 });
    case "json":
      return fc.jsonValue({ maxDepth: 2 }).map((json) => ({ json }));
    case "object":
      return fc
        .constantFrom<unknown>({}, { city: "Bern", floor: 3 }, { city: null })
        .map((json) => fromJson(type, json));
    case "null":
    case "record":
    case "records":
      return fc.constant(null);
    case "integer":
      return (type.bits === 32 ? fc.integer().map(String) : sampleValues.integer).map((text) =>
        fromCanonical(type, text),
      );
    default:
      return sampleValues[type.kind].map((text) => fromCanonical(type, text));
  }
}
