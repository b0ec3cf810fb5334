import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { AttributeType, Resource } from "#lib/model/types.ts";
import type { Random } from "./Random.ts";

export type ApiRecord = Readonly<Record<string, unknown>>;

/**
 * What a client sends to create a record. `number` differs from record to record, and so do the values of all types
 * that have more than a few. Null when it would need a record that is not there.
 */
export function randomInput(
  random: Random,
  resource: Resource,
  { number, findKey }: { readonly number: number; readonly findKey: (resource: string) => unknown },
): ApiRecord | null {
  const input: Record<string, unknown> = {};
  const grouped = new Set(resource.uniques.flat());
  if (!resource.key.default) input.id = randomValue(random, resource.key.type, number);
  for (const attribute of resource.attributes) {
    const mayBeLeftOut = attribute.default ? !grouped.has(attribute.name) : !attribute.required;
    if (!(mayBeLeftOut && random.chance(30))) input[attribute.name] = randomValue(random, attribute.type, number);
  }
  for (const link of resource.relationships) {
    if (link.kind !== "belongsTo" || link.unique) continue;
    const key = findKey(link.target);
    if (key === null && link.required) return null;
    if (key !== null && (link.required || random.chance(60))) input[foreignKeyField(link)] = key;
  }
  return input;
}

/** A change of one attribute to another value; null where the resource has none. */
export function randomChange(random: Random, resource: Resource, number: number): ApiRecord | null {
  if (resource.attributes.length === 0) return null;
  const { name, type } = random.pick(resource.attributes);
  return { [name]: randomValue(random, type, number) };
}

function randomValue(random: Random, type: AttributeType, number: number): unknown {
  switch (type.kind) {
    case "text":
      return random.chance(60) ? String(number) : `${random.pick(["it's", "größe 🐘", "\\n", ""])}${number}`;
    case "integer":
      return number;
    case "bigint":
      return String(random.chance(60) ? number : 9_000_000_000_000_000_000n + BigInt(number));
    case "decimal":
      return random.chance(50) ? `${number}` : `${number}.${10 + random.below(90)}`;
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
      return random.pick(type.options).name;
    default:
      throw new Error(`Random models have no ${type.kind}.`);
  }
}
