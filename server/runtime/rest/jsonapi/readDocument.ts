import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { ErrorCode } from "#lib/errors/codes.ts";
import { closest } from "#lib/expression/closest.ts";
import type { Relationship } from "#lib/model/types.ts";
import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { isRecord, type Members } from "./Compound.ts";
import { fieldOf, typeOf } from "./memberNames.ts";
import { pointerPart } from "./pointerPart.ts";

/** What the body of a request has to be about. */
export interface Expected {
  readonly catalog: Catalog;
  readonly entity: Entity;
  /** Of a change: the key in the path. Absent where there is none. */
  readonly id?: string;
}

/** The object of fields that plain REST would be sent for a document of one resource. */
export function readDocument(text: string, { catalog, entity, id }: Expected): Members {
  const { data } = parse(text);
  const wrong = new Refusals();
  if (!isRecord(data)) throw wrong.one("/data", { message: "Give one resource object: its type and attributes." });
  const { attributes = {}, relationships = {} } = data;
  wrong.type(data, entity);
  if (id !== undefined && data.id === undefined) wrong.add("/data/id", { message: `Give the id ${id}.` });
  if (id !== undefined && data.id !== undefined && data.id !== id) {
    wrong.add("/data/id", { rule: "id", message: `The path names the id ${id}.` }, "conflict");
  }
  if (!isRecord(attributes)) throw wrong.one("/data/attributes", { message: "Give an object of attributes." });
  if (!isRecord(relationships)) throw wrong.one("/data/relationships", { message: "Give an object of relationships." });
  const input: Record<string, unknown> = {};
  // Of a new record the caller may give the key, where the model lets it.
  if (id === undefined && data.id !== undefined) input.id = keyOf(entity, data.id);
  for (const [name, value] of Object.entries(attributes)) {
    const reference = entity.fields.get(name)?.reference?.name ?? (entity.relationships.has(name) ? name : null);
    const place = `/data/attributes/${pointerPart(name)}`;
    if (reference !== null)
      wrong.add(place, { rule: "unknown", message: `Give ${reference} among the relationships.` });
    else if (name === "id" || name === "type")
      wrong.add(place, { rule: "unknown", message: `Give ${name} beside the attributes.` });
    else input[fieldOf(entity, name)] = value;
  }
  for (const [name, value] of Object.entries(relationships)) {
    const relationship = entity.relationships.get(name);
    const place = `/data/relationships/${pointerPart(name)}`;
    if (!relationship) {
      const allowed = [...entity.relationships.keys()];
      const meant = closest(name, allowed);
      const message = meant ? `Did you mean ${meant}?` : `${entity.name} has no relationship ${name}.`;
      wrong.add(place, { rule: "unknown", message, allowed });
    } else if (!isRecord(value) || value.data === undefined) wrong.add(place, { message: "Give the linkage as data." });
    else input[fieldOf(entity, name)] = wrong.linkage(value.data, { relationship, catalog, place: `${place}/data` });
  }
  wrong.check();
  return input;
}

/** The keys of a document of resource identifiers. */
export function readIdentifiers(
  text: string,
  entity: Entity,
): { readonly ids: readonly unknown[]; readonly meta: unknown } {
  const { data, meta } = parse(text);
  const wrong = new Refusals();
  const ids = wrong.identifiers(data, { target: entity, place: "/data" });
  wrong.check();
  return { ids, meta };
}

/** What a document of linkage alone sets a relationship to. */
export function readLinkage(text: string, relationship: Relationship, catalog: Catalog): unknown {
  const { data } = parse(text);
  const wrong = new Refusals();
  if (data === undefined) throw wrong.one("/data", { message: "Give the linkage as data." });
  const value = wrong.linkage(data, { relationship, catalog, place: "/data" });
  wrong.check();
  return value;
}

function parse(text: string): Members {
  let document: unknown;
  try {
    document = parseExactJson(text);
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
  }
  if (isRecord(document)) return document;
  throw new Refusals().one("", { message: "Send a JSON:API document: an object with data." });
}

interface Linking {
  readonly relationship: Relationship;
  readonly catalog: Catalog;
  readonly place: string;
}

type Wrong = Omit<FieldError, "field" | "rule"> & { readonly rule?: string };

/** What is wrong with a document; places are JSON pointers. */
class Refusals {
  readonly #errors: FieldError[] = [];
  #code: ErrorCode = "invalid_request";

  add(field: string, { rule = "shape", ...rest }: Wrong, code?: ErrorCode): void {
    this.#errors.push({ field, rule, ...rest });
    if (code) this.#code = code;
    else if (rule === "unknown" && this.#code === "invalid_request") this.#code = "unknown_field";
  }

  one(field: string, wrong: Wrong): AppError {
    this.add(field, wrong);
    return this.#error();
  }

  check(): void {
    if (this.#errors.length > 0) throw this.#error();
  }

  type({ type }: Members, entity: Entity): void {
    const expected = typeOf(entity);
    const message = `Give the type ${expected}.`;
    if (type === undefined) this.add("/data/type", { rule: "required", message });
    else if (type !== expected) this.add("/data/type", { rule: "type", message, allowed: [expected] }, "conflict");
  }

  /** The key or the keys that plain REST takes. */
  linkage(data: unknown, { relationship, catalog, place }: Linking): unknown {
    const target = entityNamed(catalog, relationship.target);
    if (relationship.kind === "belongsTo") return data === null ? null : this.#identifier(data, { target, place });
    if (relationship.kind === "manyToMany") return this.identifiers(data, { target, place });
    const message = `Change the resources that ${relationship.name} leads to: they refer to this one, not it to them.`;
    this.add(place, { rule: "readOnly", message }, "forbidden");
    return null;
  }

  identifiers(
    data: unknown,
    { target, place }: { readonly target: Entity; readonly place: string },
  ): readonly unknown[] {
    if (!Array.isArray(data)) {
      this.add(place, { message: `Give a list of identifiers of ${typeOf(target)}.` });
      return [];
    }
    return data.map((each, index) => this.#identifier(each, { target, place: `${place}/${index}` }));
  }

  #identifier(data: unknown, { target, place }: { readonly target: Entity; readonly place: string }): unknown {
    const type = typeOf(target);
    if (!isRecord(data) || data.id === undefined) {
      this.add(place, { message: `Give an identifier: {"type": "${type}", "id": "…"}.` });
      return null;
    }
    if (data.type !== type)
      this.add(`${place}/type`, { rule: "type", message: `Give the type ${type}.`, allowed: [type] });
    return keyOf(target, data.id);
  }

  #error(): AppError {
    const [first, ...others] = this.#errors;
    const message = first && others.length === 0 ? first.message : "The document is not acceptable.";
    return new AppError(this.#code, message, { fields: this.#errors });
  }
}

/** Documents have texts as keys; plain REST wants of each type what it is. */
function keyOf({ key }: Entity, id: unknown): unknown {
  const isWhole = key.type.kind === "integer" && typeof id === "string" && /^-?\d{1,10}$/.test(id);
  return isWhole ? Number(id) : id;
}
