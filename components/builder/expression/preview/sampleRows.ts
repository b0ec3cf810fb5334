import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { seedFileOf } from "#lib/model/naming/seedFileOf.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { Attribute, AttributeType, JsonValue, Model, Resource } from "#lib/model/types.ts";

/** A row as seeds write it: fields of the API by name. */
export type Row = Readonly<Record<string, unknown>>;

export interface SampleRows {
  readonly of: ReadonlyMap<string, readonly Row[]>;
  /** Whether the rows of a resource were made up, since there are no seeds for it. */
  isMadeUp(resource: string): boolean;
}

/** The rows of all seeds; three made-up ones of each resource that has none. */
export function sampleRows(model: Model, sources: Sources): SampleRows {
  const madeUp = new Set<string>();
  const of = new Map(
    model.resources.map((resource): [string, readonly Row[]] => {
      const rows = seedRows(sources[seedFileOf(resource.name)]);
      if (rows.length > 0) return [resource.name, rows.map((row) => withDefaults(resource, row))];
      madeUp.add(resource.name);
      return [resource.name, [0, 1, 2].map((index) => madeUpRow(resource, index))];
    }),
  );
  return { of: linked(model, of), isMadeUp: (resource) => madeUp.has(resource) };
}

function seedRows(text: string | undefined): readonly Row[] {
  if (text === undefined) return [];
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? rows.filter((row) => typeof row === "object" && row !== null) : [];
  } catch {
    return [];
  }
}

function withDefaults({ attributes }: Resource, row: Row): Row {
  const missing = attributes.filter(({ name }) => row[name] === undefined);
  return { ...Object.fromEntries(missing.map((attribute) => [attribute.name, defaultOf(attribute)])), ...row };
}

function defaultOf({ default: value }: Attribute): JsonValue {
  return value?.kind === "literal" ? value.value : null;
}

function madeUpRow({ name, key, attributes }: Resource, index: number): Row {
  const values = attributes.map((attribute): [string, JsonValue] => {
    // One row shows what becomes of a value that is not there.
    const empty = !attribute.required && index === 2;
    return [attribute.name, empty ? null : (attribute.example ?? plausible(attribute.type, index))];
  });
  return {
    id: key.type.kind === "text" ? `${name} ${index + 1}` : plausible(key.type, index),
    ...Object.fromEntries(values),
  };
}

/** A plausible value; each row has another. */
export function plausible(type: AttributeType, index: number): JsonValue {
  const number = index + 1;
  switch (type.kind) {
    case "text":
    case "encrypted":
      return `Example ${number}`;
    case "integer":
      return number * 10;
    case "bigint":
      return String(number * 1000);
    case "decimal":
      return `${number * 10}.50`;
    case "boolean":
      return index % 2 === 0;
    case "date":
      return `2026-0${number}-15`;
    case "timestamp":
      return `2026-0${number}-15T09:00:00Z`;
    case "uuid":
      return `00000000-0000-7000-8000-00000000000${number}`;
    case "choice":
      return type.options[index % Math.max(type.options.length, 1)]?.name ?? null;
    case "time":
      return `0${7 + number}:30:00`;
    case "duration":
      return `PT${number}H`;
    case "email":
      return `person${number}@example.com`;
    case "url":
      return `https://example.com/${number}`;
    case "phone":
      return `+49301234560${number}`;
    case "money":
      return `${number * 10}.50 ${type.currency ?? "EUR"}`;
    case "sequence":
      return type.pattern.replace("{year}", "2026").replace(/\{0+\}/, String(number).padStart(4, "0"));
    case "list":
      return [plausible(type.of, index)];
    case "json":
    case "embed":
    case "file":
    case "vector":
      return null;
  }
}

/** Made-up rows refer to each other: the first to the first. */
function linked(model: Model, of: ReadonlyMap<string, readonly Row[]>): ReadonlyMap<string, readonly Row[]> {
  return new Map(
    model.resources.map((resource): [string, readonly Row[]] => {
      const rows = of.get(resource.name) ?? [];
      const isSeeded = rows.some((row) => resource.relationships.some((one) => foreignKeyField(one) in row));
      if (isSeeded) return [resource.name, rows];
      return [
        resource.name,
        rows.map((row, index) => {
          const keys = resource.relationships.flatMap((relationship): [string, unknown][] => {
            if (relationship.kind !== "belongsTo") return [];
            const others = of.get(relationship.target) ?? [];
            const itself = relationship.target === resource.name;
            return [
              [foreignKeyField(relationship), itself ? null : (others[index % Math.max(others.length, 1)]?.id ?? null)],
            ];
          });
          return { ...Object.fromEntries(keys), ...row };
        }),
      ];
    }),
  );
}
