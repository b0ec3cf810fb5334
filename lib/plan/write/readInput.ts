import type { FieldError } from "../../errors/AppError.ts";
import { closest } from "../../expression/closest.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { ownsLinks } from "../../model/relationships/ownsLinks.ts";
import type { ManyToMany, Relationship } from "../../model/types.ts";
import { type Catalog, type Entity, entityNamed, type Field } from "../catalog/Catalog.ts";
import { maxOperands } from "../read/limits.ts";
import type { LinkChange } from "../types.ts";
import { type PlacedRefusal, readAttribute } from "../values/readAttribute.ts";
import { isRefusal, readValue, type ValueRefusal } from "../values/readValue.ts";
import type { ActionRules } from "./ActionRules.ts";
import { acceptingActions } from "./acceptingActions.ts";

export interface InputContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly action: "create" | "update";
  /** In front of the names of fields in errors, such as `0.`. */
  readonly prefix: string;
  readonly rules: ActionRules;
  /** Whether related records may be given as objects, to be created as well. */
  readonly nests?: boolean;
  /** A field that gets its value elsewhere, so that it need not be given. */
  readonly spared?: string | null;
  /** A field that has a value where the caller gives none. */
  readonly supplied?: string | undefined;
}

/** What an object of a request sets, checked; every error at once. */
export interface Input {
  /** Stored texts by field. */
  readonly values: ReadonlyMap<string, string | null>;
  readonly links: readonly LinkInput[];
  /** Related records that are given as objects, unread. */
  readonly nested: readonly NestedInput[];
  readonly errors: readonly FieldError[];
}

export interface NestedInput {
  readonly relationship: Exclude<Relationship, ManyToMany>;
  readonly value: unknown;
}

export interface LinkInput {
  readonly relationship: string;
  readonly mode: LinkChange["mode"];
  readonly keys: readonly string[];
}

export function readInput(input: Readonly<Record<string, unknown>>, context: InputContext): Input {
  const values = new Map<string, string | null>();
  const links: LinkInput[] = [];
  const nested: NestedInput[] = [];
  const errors: FieldError[] = [];
  const refuse = (name: string, refusal: ValueRefusal) => errors.push({ field: context.prefix + name, ...refusal });
  for (const name of Object.keys(input)) {
    const value = input[name];
    const field = context.entity.fields.get(name);
    const unaccepted = whyUnaccepted(name, context);
    if (unaccepted) refuse(name, unaccepted);
    else if (field) {
      const refusals = readField(field, value, { context, values });
      for (const { place, ...refusal } of refusals) refuse(place === "" ? name : `${name}.${place}`, refusal);
    } else {
      const relationship = context.entity.relationships.get(name);
      const isLinks = relationship?.kind === "manyToMany";
      if (isLinks && ownsLinks(relationship)) {
        for (const [place, refusal] of readLinks(relationship, value, { context, links })) refuse(place, refusal);
      } else if (relationship && !isLinks && context.nests && isStructure(value)) {
        nested.push({ relationship, value });
      } else refuse(name, notWritable(name, context));
    }
  }
  if (context.action === "create") {
    const given = new Set([...Object.keys(input), ...context.rules.set.map(({ field }) => field)]);
    if (context.spared) given.add(context.spared);
    for (const { relationship } of nested) {
      if (relationship.kind === "belongsTo") given.add(foreignKeyField(relationship));
    }
    for (const field of context.entity.fields.values()) {
      if (mustBeGiven(field) && !given.has(field.name) && field.name !== context.supplied) refuse(field.name, missing);
    }
  }
  return { values, links, nested, errors };
}

function isStructure(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Why the action does not take something that the resource has; null where it does, or where there is no such thing. */
function whyUnaccepted(name: string, { entity, rules, action }: InputContext): ValueRefusal | null {
  const relationship = entity.relationships.get(name);
  const isThere = entity.fields.has(name) || relationship !== undefined;
  if (rules.accepts === null || rules.accepts.has(name) || !isThere) return null;
  if (relationship?.kind === "belongsTo" && rules.accepts.has(foreignKeyField(relationship))) return null;
  const takers = acceptingActions(entity, name).filter((taker) => taker !== rules.name);
  const message = `${rules.name} does not take this. ${
    takers.length > 0 ? `Use one of these actions: ${takers.join(", ")}.` : "Leave it out."
  }`;
  const field = entity.fields.get(name);
  const sealed = field && whySealed(field, { entity, action });
  return sealed ?? { rule: "readOnly", message, ...(takers.length > 0 && { allowed: takers }) };
}

const missing: ValueRefusal = { rule: "required", message: "Give a value." };

function mustBeGiven(field: Field): boolean {
  return field.required && field.attribute?.default === undefined && !isGiven(field);
}

/** Whether Gantry itself or the actions alone give the value. */
function isGiven({ type, attribute }: Field): boolean {
  return attribute?.writable === "readOnly" || type.kind === "sequence" || type.kind === "file";
}

interface FieldTarget {
  readonly context: InputContext;
  readonly values: Map<string, string | null>;
}

function readField(field: Field, value: unknown, { context, values }: FieldTarget): readonly PlacedRefusal[] {
  const sealed = whySealed(field, context);
  if (sealed) return [{ place: "", ...sealed }];
  if (value === null) {
    if (field.required) return [{ place: "", ...missing }];
    values.set(field.name, null);
    return [];
  }
  const reading = readAttribute(field.attribute ?? field, value, context.catalog.model);
  if ("refusals" in reading) return reading.refusals;
  values.set(field.name, reading.text);
  return [];
}

/** Why nobody may give the field a value; null when it may be given. */
function whySealed(field: Field, { entity, action }: Pick<InputContext, "entity" | "action">): ValueRefusal | null {
  const { attribute, type } = field;
  if (field === entity.key) {
    if (action === "update") return { rule: "readOnly", message: "The key of a record cannot be changed." };
    if (attribute?.default?.kind === "generated") {
      return { rule: "readOnly", message: "This key is given by the database. Leave it out." };
    }
  }
  if (type.kind === "sequence") {
    return { rule: "readOnly", message: "This number is given when the record is created. Leave it out." };
  }
  if (type.kind === "file") {
    const message = `Send the content to /rest/v1/${restPath(entity.resource)}/{id}/${field.name} instead.`;
    return { rule: "readOnly", message };
  }
  if (attribute?.writable === "readOnly") {
    return { rule: "readOnly", message: "This value is not given by callers. Leave it out." };
  }
  return attribute?.writable === "writeOnce" && action === "update"
    ? { rule: "writeOnce", message: "This value is given when the record is created and never changes." }
    : null;
}

interface LinkTarget {
  readonly context: InputContext;
  readonly links: LinkInput[];
}

/** A list of keys sets the links; `{add: [...], remove: [...]}` changes some of them. */
function readLinks(
  relationship: ManyToMany,
  value: unknown,
  { context, links }: LinkTarget,
): readonly (readonly [string, ValueRefusal])[] {
  const { name, target } = relationship;
  const { type } = entityNamed(context.catalog, target).key;
  const refusals: (readonly [string, ValueRefusal])[] = [];
  const read = (list: readonly unknown[], mode: LinkChange["mode"], place: string) => {
    if (list.length > maxOperands) {
      refusals.push([place, { rule: "maxItems", message: `Give at most ${maxOperands} keys.` }]);
      return;
    }
    const keys = new Set<string>();
    list.forEach((item, index) => {
      const result = readValue(type, item);
      if (isRefusal(result)) refusals.push([`${place}.${index}`, result]);
      else keys.add(result.text);
    });
    links.push({ relationship: name, mode, keys: [...keys] });
  };
  if (Array.isArray(value)) read(value, "set", name);
  else if (isChange(value)) {
    for (const mode of ["add", "remove"] as const) if (value[mode]) read(value[mode], mode, `${name}.${mode}`);
  } else {
    const message = `Give a list of keys of ${target}, or {"add": [keys], "remove": [keys]}.`;
    refusals.push([name, { rule: "type", message }]);
  }
  return refusals;
}

function isChange(value: unknown): value is { readonly add?: unknown[]; readonly remove?: unknown[] } {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  return (
    entries.length > 0 && entries.every(([key, list]) => (key === "add" || key === "remove") && Array.isArray(list))
  );
}

function notWritable(name: string, { entity, action, rules }: InputContext): ValueRefusal {
  const relationship = entity.relationships.get(name);
  if (relationship?.kind === "belongsTo") {
    const field = foreignKeyField(relationship);
    const message = `Set ${field} to the key of the ${relationship.target} instead.`;
    return { rule: "unknown", message, allowed: [field] };
  }
  if (relationship) {
    const message = `Change the ${relationship.target} records themselves; each names its ${entity.name}.`;
    return { rule: "readOnly", message };
  }
  const allowed = writableNames(entity, { action, rules });
  const meant = closest(name, allowed);
  const message = meant ? `Did you mean ${meant}?` : `${entity.name} has no such field.`;
  return { rule: "unknown", message, allowed };
}

function writableNames(entity: Entity, { action, rules }: Pick<InputContext, "action" | "rules">): readonly string[] {
  const names = [...entity.fields.values()].filter((field) => whySealed(field, { entity, action }) === null);
  const linked = [...entity.relationships.values()].filter(ownsLinks);
  const accepted = [...names, ...linked].map(({ name }) => name).filter((name) => rules.accepts?.has(name) ?? true);
  return [...accepted, ...rules.arguments.map(({ name }) => name)];
}
