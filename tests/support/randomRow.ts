import type { Attribute, Resource } from "#lib/model/types.ts";
import type { Random } from "./Random.ts";

export type StoredRow = Record<string, unknown>;

/** Finds a key of a row that is there, null where there is none. */
export type FindKey = (resource: string) => unknown;

/**
 * A row by column as the model allows it. `number` differs from row to row, and so do the values of all types that have
 * more than a few. Null when it would need another row that is not there.
 */
export function randomRow(
  random: Random,
  resource: Resource,
  { number, findKey }: { readonly number: number; readonly findKey: FindKey },
): StoredRow | null {
  const row: StoredRow = {};
  const grouped = new Set(resource.uniques.flat());
  if (!resource.key.default) row[resource.key.column] = randomValue(random, resource.key, number);
  for (const attribute of resource.attributes) {
    const mayBeLeftOut = attribute.default ? !grouped.has(attribute.name) : !attribute.required;
    if (!(mayBeLeftOut && random.chance(30))) row[attribute.column] = randomValue(random, attribute, number);
  }
  for (const link of resource.relationships) {
    if (link.kind !== "belongsTo" || link.unique) continue;
    const key = findKey(link.target);
    if (key === null && link.required) return null;
    if (link.required || random.chance(60)) row[link.column] = key;
  }
  return row;
}

function randomValue(random: Random, attribute: Attribute, number: number): unknown {
  switch (attribute.type.kind) {
    case "text":
      return `${random.pick(["it's", "größe 🐘", "\\n", ""])}${number}`;
    case "integer":
      return number;
    case "bigint":
      return String(9_000_000_000_000_000_000n + BigInt(number));
    case "decimal":
      return `${number}.${10 + random.below(90)}`;
    case "boolean":
      return random.chance(50);
    case "date":
      return new Date(Date.UTC(2000, 0, number)).toISOString().slice(0, 10);
    case "timestamp":
      return `2026-01-01T00:00:00.${String(number).padStart(6, "0")}Z`;
    case "uuid":
      return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    case "json":
      return random.pick([{ a: [1, null] }, [], "text", 5]);
    case "choice":
      return random.pick(attribute.type.options).stored;
  }
}
