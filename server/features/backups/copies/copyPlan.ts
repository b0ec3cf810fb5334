import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import { sequenceSchema } from "#lib/compile/schema/sequenceSchema.ts";
import { storedAttributes } from "#lib/model/features/storedAttributes.ts";
import type { Attribute, Model, ValueObject } from "#lib/model/types.ts";
import type { Table } from "#lib/sql/ddl/Schema.ts";
import type { ManifestTable } from "../format/Manifest.ts";
import { MaskKey } from "./MaskKey.ts";
import { type Masking, maskParts, maskValue } from "./maskValue.ts";

type Change = (value: string | null) => string | null;

export interface TableCopy {
  /** As it is to be made: without keys to other tables, and without what is worked out from rows. */
  readonly table: Table;
  readonly columns: readonly ColumnCopy[];
}

interface ColumnCopy {
  readonly from: string;
  readonly to: string;
  /** Null copies the value as it is. */
  readonly change: Change | null;
}

export interface CopyPlanInput {
  /** The release that serves the environment that is copied. */
  readonly live: LiveModel;
  /** What the copy is for, as far as that is known: what either of them calls sensitive is. */
  readonly next: Model | null;
  /** What is there. */
  readonly tables: readonly ManifestTable[];
  /** Random, for this copy alone. */
  readonly secret: Buffer;
  /** Encrypts a text as the copy's runtime does, for a place. */
  readonly seal: (text: string, place: string) => string;
}

/**
 * What of an environment's database goes into a copy, and how. Only what the release that serves says the meaning of:
 * retired columns and tables, histories, runs, accounts and all else of the runtime stay behind.
 */
export function copyPlan(input: CopyPlanInput): readonly TableCopy[] {
  const { live, tables } = input;
  const { model } = live;
  const found = new Map(tables.filter(({ schema }) => schema === "public").map((table) => [table.name, table]));
  const counting = new Set(sequenceSchema(model).tables.map(({ name }) => name));
  const own = new Set(model.resources.map(({ table }) => table));
  const wanted = modelToSchema(model).tables.filter(
    ({ name }) => own.has(name) || counting.has(name) || !name.startsWith("gantry_"),
  );
  const changes = changesOf(input);
  return wanted.flatMap((table) => {
    const there = found.get(table.name);
    if (!there) return [];
    const places = new Map(
      live.places.filter((place) => place.table === table.name).map(({ storedName, column }) => [storedName, column]),
    );
    const actual = new Map(there.columns.map((column) => [column.name, column]));
    const columns = table.columns.flatMap(({ name, fill }): readonly ColumnCopy[] => {
      const from = places.get(name) ?? name;
      // What is worked out from other values is worked out again, from what these are now.
      if (fill !== undefined || !actual.has(from)) return [];
      return [{ from, to: name, change: changes.get(`${table.name}.${name}`) ?? null }];
    });
    const made = table.columns.map(({ fill: _, ...column }) => {
      const isNullable = actual.get(places.get(column.name) ?? column.name)?.nullable ?? true;
      return { ...column, nullable: column.nullable || isNullable };
    });
    return [{ table: { ...table, columns: made }, columns }];
  });
}

/** By `table.column`. */
function changesOf(input: CopyPlanInput): ReadonlyMap<string, Change> {
  const { live, next, secret, seal } = input;
  const valueObjects = mergedValueObjects(live.model, next);
  const alsoSensitive = new Set(
    (next?.resources ?? []).flatMap((resource) =>
      storedAttributes(resource).flatMap(({ sensitive, column }) => (sensitive ? [`${resource.table}.${column}`] : [])),
    ),
  );
  const changes = new Map<string, Change>();
  for (const resource of live.model.resources) {
    const isPerson = resource.name === live.model.app.users;
    // Keys are not sensitive: they stay, and with them what refers to them.
    for (const attribute of storedAttributes(resource)) {
      const place = `${resource.table}.${attribute.column}`;
      const isSensitive = attribute.sensitive === true || alsoSensitive.has(place) || (isPerson && reaches(attribute));
      const masking = { key: new MaskKey(secret, place), valueObjects, sealed: "" };
      const change = changeOf(attribute, { isSensitive, masking, seal: () => seal("masked", place) });
      if (change) changes.set(place, change);
    }
  }
  return changes;
}

/** By what a person can be written to. */
function reaches({ type }: Attribute): boolean {
  return type.kind === "email" || type.kind === "phone";
}

interface ChangeInput {
  readonly isSensitive: boolean;
  readonly masking: Masking;
  readonly seal: () => string;
}

function changeOf(attribute: Attribute, { isSensitive, masking, seal }: ChangeInput): Change | null {
  const { type } = attribute;
  if (type.kind === "encrypted") {
    // Encrypted for another environment: nobody could read it.
    const sealed = seal();
    return (value) => maskValue(value, attribute, { ...masking, sealed });
  }
  // Contents stay with the environment that they were sent to.
  if (isSensitive || type.kind === "file") return (value) => maskValue(value, attribute, masking);
  if (type.kind !== "embed" || !hasSensitive(type.valueObject, masking.valueObjects)) return null;
  return (value) => maskParts(value, type, masking);
}

function hasSensitive(name: string, objects: ReadonlyMap<string, ValueObject>, seen = new Set<string>()): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return (objects.get(name)?.attributes ?? []).some(
    ({ sensitive, type }) => sensitive || (type.kind === "embed" && hasSensitive(type.valueObject, objects, seen)),
  );
}

function mergedValueObjects(model: Model, next: Model | null): ReadonlyMap<string, ValueObject> {
  const others = new Map(next?.valueObjects?.map((object) => [object.name, object]));
  const merged = (model.valueObjects ?? []).map((object): ValueObject => {
    const sensitive = new Set(
      others.get(object.name)?.attributes.flatMap((part) => (part.sensitive ? [part.name] : [])),
    );
    const attributes = object.attributes.map((part) =>
      sensitive.has(part.name) ? { ...part, sensitive: true as const } : part,
    );
    return { ...object, attributes };
  });
  return new Map(merged.map((object) => [object.name, object]));
}
