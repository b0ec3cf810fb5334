import { z } from "zod";
import type { AttributePath, Filter } from "../filter/Filter.ts";
import { valueMatches } from "../filter/matches.ts";
import { parsePath } from "../filter/parseFilter.ts";
import { ScimError } from "../ScimError.ts";
import { readSingle, readValue } from "../schemas/readResource.ts";
import type { ResourceType } from "../schemas/resourceTypes.ts";
import { findAttribute, isObject, type Json, type ScimAttribute } from "../schemas/ScimSchema.ts";

const mostOperations = 1000;

const operation = z.object({
  // Entra ID begins them with a capital letter.
  op: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(["add", "replace", "remove"])),
  path: z.string().nullish(),
  value: z.unknown().optional(),
});

type Operation = z.infer<typeof operation>;

/**
 * The resource after a PATCH (RFC 7644, 3.5.2), with the odd forms that directories send: names with dots in a value
 * without a path, `remove` with a value, lists sent as one. Nothing of the given one is changed. Throws ScimError.
 */
export function applyPatch(type: ResourceType, resource: Json, body: unknown): Json {
  const given = isObject(body)
    ? Object.entries(body).find(([name]) => name.toLowerCase() === "operations")?.[1]
    : undefined;
  const operations = z.array(operation).min(1).max(mostOperations).safeParse(given);
  if (!operations.success) {
    throw new ScimError(
      400,
      `Send a list of 1 to ${mostOperations} Operations, each with an op of add, replace or remove.`,
      "invalidSyntax",
    );
  }
  return operations.data.reduce((now, one) => applyOperation(type, now, one), structuredClone(resource));
}

function applyOperation(type: ResourceType, resource: Json, { op, path, value }: Operation): Json {
  if (path !== null && path !== undefined && path !== "") {
    const isExtension = path.toLowerCase() === type.extension?.id.toLowerCase() && op !== "remove";
    return isExtension ? applyNamed(type, resource, { op, path, value }) : applyAt(type, resource, { op, path, value });
  }
  if (op === "remove") throw new ScimError(400, "Say by a path what to remove.", "noTarget");
  if (!isObject(value)) throw new ScimError(400, "Without a path the value must be an object.", "invalidValue");
  return Object.entries(value).reduce(
    (now, [name, one]) =>
      name.toLowerCase() === "schemas" ? now : applyNamed(type, now, { op, path: name, value: one }),
    resource,
  );
}

/** An attribute as it stands in a resource that is sent whole, or the whole of an extension. */
function applyNamed(type: ResourceType, resource: Json, { op, path, value }: Omit<Placed, "lenient">): Json {
  const { extension } = type;
  if (extension?.id.toLowerCase() !== path.toLowerCase() || !isObject(value)) {
    return applyAt(type, resource, { op, path, value, lenient: true });
  }
  return Object.entries(value).reduce(
    (now, [name, part]) => applyAt(type, now, { op, path: `${extension.id}:${name}`, value: part, lenient: true }),
    resource,
  );
}

interface Placed {
  readonly op: Operation["op"];
  readonly path: string;
  readonly value: unknown;
  /** Whether what is not known is passed over, as in a resource that is sent whole. */
  readonly lenient?: boolean;
}

function applyAt(type: ResourceType, resource: Json, { op, path: text, value, lenient = false }: Placed): Json {
  const { path, inner, sub: after } = parsePath(text);
  const place = placeOf(type, path);
  if (!place) {
    // Attributes that are not kept here, such as telephone numbers: as if they were sent in a resource.
    if (lenient || inner !== null || isPassedOver(path)) return resource;
    throw new ScimError(400, `${text} is no attribute that is kept here.`, "invalidPath");
  }
  const { attribute, urn } = place;
  if (attribute.mutability === "readOnly") {
    if (lenient) return resource;
    throw new ScimError(400, `${attribute.name} is read only.`, "mutability");
  }
  const holder = urn === null ? resource : partOf(resource, urn);
  const sub = subOf(attribute, path.sub ?? after);
  const changed = { ...holder };
  const next = changedValue({ attribute, held: holder[attribute.name], op, value, inner, sub });
  if (next === undefined) delete changed[attribute.name];
  else changed[attribute.name] = next;
  if (urn === null) return changed;
  const { [urn]: _, ...rest } = resource;
  return Object.keys(changed).length === 0 ? rest : { ...rest, [urn]: changed };
}

interface Change {
  readonly attribute: ScimAttribute;
  readonly held: unknown;
  readonly op: Operation["op"];
  readonly value: unknown;
  readonly inner: Filter | null;
  readonly sub: ScimAttribute | null;
}

/** The attribute's value afterwards; undefined where it has none. */
function changedValue(change: Change): unknown {
  return change.attribute.multiValued ? changedList(change) : changedSingle(change);
}

function changedSingle({ attribute, held, op, value, inner, sub }: Change): unknown {
  if (inner !== null) throw new ScimError(400, `${attribute.name} is no list that could be filtered.`, "invalidPath");
  if (sub) {
    const parts = isObject(held) ? { ...held } : {};
    const read = op === "remove" ? undefined : readValue(sub, value, `${attribute.name}.`);
    if (read === undefined) delete parts[sub.name];
    else parts[sub.name] = read;
    return Object.keys(parts).length === 0 ? undefined : parts;
  }
  if (op === "remove") return undefined;
  const read = readValue(attribute, value, "");
  return attribute.type === "complex" && isObject(held) && isObject(read) ? { ...held, ...read } : read;
}

function changedList({ attribute, held, op, value, inner, sub }: Change): unknown {
  const list: readonly unknown[] = Array.isArray(held) ? held : [];
  const fitting = (one: unknown) => inner === null || valueMatches(attribute, inner, one);
  const next = (() => {
    if (op === "remove") {
      if (sub) return list.map((one) => (fitting(one) ? without(one, sub.name) : one));
      if (inner !== null) return list.filter((one) => !fitting(one));
      // Entra ID names by a value whom to remove.
      const named = value === undefined || value === null ? null : valuesOf(attribute, value);
      return named === null ? [] : list.filter((one) => !named.some((other) => isSame(one, other)));
    }
    if (sub || inner !== null) return changedParts({ attribute, list, op, value, inner, sub, fitting });
    const added = valuesOf(attribute, value);
    return op === "replace" ? added : merged(list, added);
  })();
  return next.length === 0 ? undefined : singlePrimary(next, list);
}

interface PartChange extends Omit<Change, "held"> {
  readonly list: readonly unknown[];
  readonly fitting: (one: unknown) => boolean;
}

/** Changes those of a list that fit; where none does, `type eq "work"` says what the one has to be that is made. */
function changedParts({ attribute, list, value, inner, sub, fitting }: PartChange): readonly unknown[] {
  const parts = sub ? { [sub.name]: readSingle(sub, value, `${attribute.name}.`) } : readSingle(attribute, value, "");
  if (!isObject(parts)) throw new ScimError(400, `${attribute.name} needs a value.`, "invalidValue");
  if (list.some(fitting)) return list.map((one) => (fitting(one) && isObject(one) ? { ...one, ...parts } : one));
  const made = inner === null ? {} : impliedBy(inner, attribute);
  if (made === null) throw new ScimError(400, `Nothing in ${attribute.name} fits the path.`, "noTarget");
  return [...list, { ...made, ...parts }];
}

/** What a value must be to fit a filter that only says what something equals; null for any other. */
function impliedBy(filter: Filter, attribute: ScimAttribute): Json | null {
  if (filter.kind === "and") {
    const [left, right] = [impliedBy(filter.left, attribute), impliedBy(filter.right, attribute)];
    return left && right && { ...left, ...right };
  }
  if (filter.kind !== "compare" || filter.operator !== "eq") return null;
  const sub = findAttribute(attribute.subAttributes ?? [], filter.path.name);
  const read = sub && readSingle(sub, filter.value, `${attribute.name}.`);
  return sub && read !== undefined ? { [sub.name]: read } : null;
}

function valuesOf(attribute: ScimAttribute, value: unknown): readonly unknown[] {
  const read = readValue(attribute, value, "");
  return Array.isArray(read) ? read : [];
}

function merged(list: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const keys = new Set(list.map(keyOf));
  const isNew = (one: unknown) => !keys.has(keyOf(one));
  const changed = new Map(added.filter((one) => !isNew(one)).map((one) => [keyOf(one), one]));
  const kept = list.map((one) => {
    const change = changed.get(keyOf(one));
    return isObject(one) && isObject(change) ? { ...one, ...change } : one;
  });
  return [...kept, ...new Map(added.filter(isNew).map((one) => [keyOf(one), one])).values()];
}

/** Only one is the first choice: of several, the one that was not before. */
function singlePrimary(next: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  const isPrimary = (one: unknown) => isObject(one) && one.primary === true;
  const all = next.filter(isPrimary);
  if (all.length < 2) return next;
  const old = new Set(before.filter(isPrimary).map(keyOf));
  const chosen = all.find((one) => !old.has(keyOf(one))) ?? all[0];
  return next.map((one) => (one === chosen || !isObject(one) ? one : without(one, "primary")));
}

function isSame(one: unknown, other: unknown): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(value: unknown): string {
  return isObject(value) && value.value !== undefined ? String(value.value).toLowerCase() : JSON.stringify(value);
}

function without(value: unknown, name: string): unknown {
  if (!isObject(value)) return value;
  const { [name]: _, ...rest } = value;
  return rest;
}

function partOf(resource: Json, urn: string): Json {
  const part = resource[urn];
  return isObject(part) ? part : {};
}

function subOf(attribute: ScimAttribute, name: string | null): ScimAttribute | null {
  if (name === null) return null;
  const sub = findAttribute(attribute.subAttributes ?? [], name);
  if (!sub) throw new ScimError(400, `${attribute.name}.${name} is no attribute that is kept here.`, "invalidPath");
  return sub;
}

function placeOf(
  type: ResourceType,
  { urn, name }: AttributePath,
): { attribute: ScimAttribute; urn: string | null } | null {
  const { extension } = type;
  if (extension && urn !== null && urn.toLowerCase() === extension.id.toLowerCase()) {
    const attribute = findAttribute(extension.attributes, name);
    return attribute ? { attribute, urn: extension.id } : null;
  }
  if (urn !== null && urn.toLowerCase() !== type.schema.id.toLowerCase()) return null;
  const attribute = findAttribute(type.attributes, name);
  return attribute ? { attribute, urn: null } : null;
}

/** Attributes of RFC 7643 that are not kept, and those of other extensions: what directories map by default. */
function isPassedOver({ urn, name }: AttributePath): boolean {
  if (urn !== null) return true;
  return /^(nickName|profileUrl|password|phoneNumbers|ims|photos|addresses|entitlements|roles|x509Certificates)$/i.test(
    name,
  );
}
