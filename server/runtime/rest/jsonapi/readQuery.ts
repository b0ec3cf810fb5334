import type { FieldError } from "#lib/errors/AppError.ts";
import { closest } from "#lib/expression/closest.ts";
import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { refusal } from "../query/QueryTemplate.ts";
import { decodePart, readRawQuery } from "../query/RawQuery.ts";
import { fieldOf, memberOf, typeOf } from "./memberNames.ts";

/** A query of JSON:API as plain REST has it. */
export interface PlainQuery {
  readonly query: string;
  /** Of the types whose members were chosen: those that are shown. */
  readonly shown: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether related resources were asked for at all. */
  readonly includes: boolean;
  /** Which parameter of the caller's one of the plain query comes from. */
  readonly sources: ReadonlyMap<string, string>;
}

export interface QueryRequest {
  readonly catalog: Catalog;
  readonly entity: Entity;
  /** Name of the relationship to the entity, where another one is asked of the plain API. */
  readonly through?: string;
}

const fieldsName = /^fields\[([^[\]]*)\]$/;
/** Parameters that go by another name in plain REST. */
const renamed: Readonly<Record<string, string>> = { "page[count]": "count" };

/**
 * `fields[deals]=title,company&include=company.owner&page[size]=5`. Members are chosen by type, and in plain REST by the
 * place in the answer; the rest is alike.
 */
export function readQuery(text: string, request: QueryRequest): PlainQuery {
  const { entity, through } = request;
  const chosen = new Map<string, string>();
  const sources = new Map<string, string>();
  const rest: string[] = [];
  let include: string | null = null;
  const errors: FieldError[] = [];
  for (const { name: rawName, value: rawValue } of readRawQuery(text).pairs) {
    const name = decodePart(rawName) ?? rawName;
    const value = decodePart(rawValue) ?? rawValue;
    const type = fieldsName.exec(name)?.[1];
    sources.set(name, name);
    if (type !== undefined) {
      if (chosen.has(type)) errors.push({ field: name, rule: "repeated", message: "Give this parameter once." });
      chosen.set(type, value);
    } else if (name === "fields") {
      const message = `Choose members by type, such as fields[${typeOf(entity)}]=…`;
      errors.push({ field: name, rule: "syntax", message });
    } else if (name === "include" && include === null) include = value;
    else if (renamed[name] !== undefined) {
      sources.set(renamed[name], name);
      rest.push(`${renamed[name]}=${rawValue}`);
    } else rest.push(`${rawName}=${rawValue}`);
  }
  const places = placesOf(include ?? "", request);
  const { parameters, shown } = readFields(chosen, places, { request, errors, sources });
  if (errors.length > 0) throw refusal(errors);
  const included = (include ?? "").split(",").filter((path) => path !== "");
  const paths = through === undefined ? included : [through, ...included.map((path) => `${through}.${path}`)];
  if (paths.length > 0) rest.push(`include=${encodeURIComponent(paths.join())}`);
  return { query: [...rest, ...parameters].join("&"), shown, includes: include !== null, sources };
}

/** The entities of an answer by their places in it; what there is not is the plain API's to refuse. */
function placesOf(include: string, { catalog, entity, through = "" }: QueryRequest): ReadonlyMap<string, Entity> {
  const places = new Map([[through, entity]]);
  for (const path of include.split(",")) {
    let place = through;
    let at: Entity | undefined = entity;
    for (const part of path.split(".")) {
      const name = part.replace(/\(\d*\)$/, "");
      const relationship: { readonly target: string } | undefined = at?.relationships.get(name);
      at = relationship && entityNamed(catalog, relationship.target);
      place = place === "" ? name : `${place}.${name}`;
      if (at) places.set(place, at);
    }
  }
  return places;
}

interface Choosing {
  readonly request: QueryRequest;
  readonly errors: FieldError[];
  readonly sources: Map<string, string>;
}

function readFields(
  chosen: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, Entity>,
  { request, errors, sources }: Choosing,
): { readonly parameters: readonly string[]; readonly shown: ReadonlyMap<string, ReadonlySet<string>> } {
  const shown = new Map<string, ReadonlySet<string>>();
  const byPlace = new Map<string, string>();
  for (const [type, text] of chosen) {
    const field = `fields[${type}]`;
    const entity = request.catalog.byPath.get(type);
    if (!entity) {
      const allowed = [...request.catalog.byPath.keys()];
      const meant = closest(type, allowed);
      const message = meant ? `Did you mean fields[${meant}]?` : "There is no resource of this type.";
      errors.push({ field, rule: "unknown", message, allowed });
      continue;
    }
    const members = text.split(",").filter((name) => name !== "");
    if (!members.includes("*")) shown.set(type, new Set(members.map((member) => memberOf(entity, member))));
    for (const name of members) {
      const reference = entity.fields.get(name)?.reference;
      if (reference) errors.push({ field, rule: "unknown", message: `Did you mean ${reference.name}?` });
    }
    for (const [place, at] of places) {
      if (at === entity) byPlace.set(place, ["id", ...plainNames(entity, members)].join());
      sources.set(place === "" ? "fields" : `fields[${place}]`, field);
    }
  }
  // Of the record that leads to the one asked for nothing is shown.
  if (request.through !== undefined) byPlace.set("", "id");
  const parameters = [...byPlace].map(([place, names]) => {
    const name = place === "" ? "fields" : `fields[${place}]`;
    return `${encodeURIComponent(name)}=${encodeURIComponent(names)}`;
  });
  return { parameters, shown };
}

function plainNames(entity: Entity, members: readonly string[]): readonly string[] {
  return members.flatMap((member) => {
    const relationship = entity.relationships.get(member);
    if (relationship && relationship.kind !== "belongsTo") return [];
    return fieldOf(entity, member);
  });
}
