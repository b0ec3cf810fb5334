import { isStandardAction } from "../actions/actionsOf.ts";
import { meantField, settableFields, writableFields } from "../actions/writableFields.ts";
import { kebabCase } from "../naming/kebabCase.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import { reservedField } from "../naming/reservedNames.ts";
import type { Action, Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";

/** Segments of the paths of every resource's API. */
const reservedActions = new Set(["restore", "history", "summary", "explain", "bulk"]);

const maxActions = 100;

/** Actions have names of their own and speak of fields that are there. */
export const actions: Rule = eachResource((resource) => {
  const { definedActions = [], states } = resource;
  const made = new Set((states?.transitions ?? []).map(({ action }) => action));
  for (const { name } of definedActions) made.delete(name);
  const tooMany = definedActions.length + made.size > maxActions;
  return [
    ...(tooMany
      ? [
          {
            code: "too_many",
            path: [resource.name, "actions"],
            message: `A resource has at most ${maxActions} actions. Remove some.`,
          },
        ]
      : []),
    ...definedActions.flatMap((action) => findings(resource, action)),
    ...[...made].flatMap((name) => nameFindings(resource, name, [resource.name, "states", "transitions", name])),
  ];
});

function findings(resource: Resource, action: Action): readonly Finding[] {
  const path = [resource.name, "actions", action.name];
  return [
    ...nameFindings(resource, action.name, path),
    ...acceptFindings(resource, action, path),
    ...setFindings(resource, action, path),
    ...upsertFindings(resource, action, path),
    ...argumentFindings(action, path),
  ];
}

function nameFindings(resource: Resource, name: string, path: readonly string[]): readonly Finding[] {
  if (isStandardAction(name)) return [];
  const shape = fieldNameShape(name);
  if (shape) return [{ code: "name_shape", path, message: shape }];
  const reserved = reservedActions.has(name) ? "a path of every API" : reservedField(name);
  if (reserved) return [{ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` }];
  const file = resource.attributes.find(
    ({ type, name: field }) => type.kind === "file" && kebabCase(field) === kebabCase(name),
  );
  if (!file) return [];
  const message = `\`${file.name}\` is a file, which has this path in the API. Choose another name.`;
  return [{ code: "duplicate_name", path, message }];
}

function acceptFindings(
  resource: Resource,
  { type, accept = [] }: Action,
  path: readonly string[],
): readonly Finding[] {
  if (type !== "create" && type !== "update") return [];
  const writable = writableFields(resource, type);
  return accept.flatMap((name, index) => {
    const at = [...path, "accept", String(index)];
    if (accept.indexOf(name) < index)
      return [{ code: "duplicate_name", path: at, message: `\`${name}\` is here twice. Remove one.` }];
    // The state of a record has a rule of its own.
    if (writable.includes(name) || name === resource.states?.attribute) return [];
    return [{ code: "unknown_field", path: at, message: notWritable(resource, name, { type, writable }) }];
  });
}

function notWritable(
  resource: Resource,
  name: string,
  { type, writable }: { readonly type: string; readonly writable: readonly string[] },
): string {
  const meant = meantField(resource, name);
  if (meant !== name) return `Write \`${meant}\` here: the relationship, not its key.`;
  const attribute = resource.attributes.find((candidate) => candidate.name === name);
  if (attribute?.writable === "readOnly") return `\`${name}\` is read-only, so no caller sets it. Use \`set\`.`;
  if (attribute?.writable) return `\`${name}\` is set once, when the record is created. Take it out of this ${type}.`;
  if (attribute) return `\`${name}\` is not set by callers. Take it out.`;
  return `\`${resource.name}\` has no field \`${name}\` to set. ${nameHint(name, writable, "Name an attribute or a belongsTo.")}`;
}

function setFindings(resource: Resource, { accept, set = [] }: Action, path: readonly string[]): readonly Finding[] {
  const fields = settableFields(resource);
  return set.flatMap(({ field }) => {
    const at = [...path, "set", field];
    const meant = meantField(resource, field);
    if (meant !== field) {
      return [{ code: "unknown_field", path: at, message: `Write \`${meant}\` here: the relationship, not its key.` }];
    }
    if (accept?.includes(field)) {
      const message = `\`${field}\` is accepted from callers and set by the action. Do one of both.`;
      return [{ code: "accept_and_set", path: at, message }];
    }
    if (fields.includes(field)) return [];
    const message = `\`${resource.name}\` has no field \`${field}\` to set. ${nameHint(field, fields, "Name an attribute or a belongsTo.")}`;
    return [{ code: "unknown_field", path: at, message }];
  });
}

function upsertFindings(resource: Resource, { upsert }: Action, path: readonly string[]): readonly Finding[] {
  if (!upsert) return [];
  const { key, attributes, relationships, uniques } = resource;
  const single = [
    ...attributes.filter(({ unique }) => unique),
    ...relationships.filter((relationship) => relationship.kind === "belongsTo" && relationship.unique),
    ...(key.default ? [] : [key]),
  ].map(({ name }) => [name]);
  const text = (names: readonly string[]) => [...names].sort().join(",");
  if ([...single, ...uniques].some((names) => text(names) === text(upsert))) return [];
  const message = `${upsert.map((name) => `\`${name}\``).join(" and ")} ${upsert.length === 1 ? "is" : "are"} not unique, so no record is found by ${upsert.length === 1 ? "it" : "them"}. Make ${upsert.length === 1 ? "it" : "them together"} unique.`;
  const command = { type: "setResource", resource: resource.name, uniques: [...uniques, upsert] } as const;
  const known = upsert.every((name) => [...attributes, ...relationships].some((field) => field.name === name));
  const fix = known ? { fix: { title: "Make it unique", command } } : {};
  return [{ code: "upsert", path: [...path, "upsert"], message, ...fix }];
}

function argumentFindings(action: Action, path: readonly string[]): readonly Finding[] {
  return (action.arguments ?? []).flatMap(({ name, type }) => {
    const at = [...path, "arguments", name];
    const shape = fieldNameShape(name);
    if (shape) return [{ code: "name_shape", path: at, message: shape }];
    const reserved = reservedField(name);
    if (reserved)
      return [{ code: "reserved_name", path: at, message: `\`${name}\` is ${reserved}. Choose another name.` }];
    if (action.accept?.includes(name)) {
      const message = `\`${name}\` is a field that the action accepts. Give the argument another name.`;
      return [{ code: "duplicate_name", path: at, message }];
    }
    if (type.kind !== "sequence" && type.kind !== "file") return [];
    return [{ code: "wrong_type", path: at, message: `An argument cannot be a ${type.kind}. Choose another type.` }];
  });
}
