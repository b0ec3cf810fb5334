import { closest } from "../../expression/closest.ts";
import { typeWords } from "../diff/describeAttribute.ts";
import { indexableFields } from "../indexes/indexableFields.ts";
import { indexTexts } from "../print/resourceCode.ts";
import { canBeUnique } from "../read/optionsOf.ts";
import type { Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

/** PostgreSQL's limit of columns in an index. */
const maxFields = 32;

/** Unique groups and indexes name fields that are stored, each once, and no group is there twice. */
export const groups: Rule = eachResource((resource) => [...uniqueFindings(resource), ...indexFindings(resource)]);

function uniqueFindings(resource: Resource): readonly Finding[] {
  const { name, uniques, attributes } = resource;
  const seen = new Map<string, readonly string[]>();
  return uniques.flatMap((names, index) => {
    const path = [name, "uniques", String(index)];
    const wrong = fieldFindings(resource, names, path);
    if (wrong.length > 0) return wrong;
    const rest = uniques.filter((other) => other !== names);
    const fix = {
      title: "Remove this group",
      command: { type: "setResource", resource: name, uniques: rest } as const,
    };
    const key = JSON.stringify([...names].sort());
    const twice = seen.has(key);
    seen.set(key, names);
    const [only] = names;
    const single = names.length === 1 && attributes.some((attribute) => attribute.name === only && attribute.unique);
    const code = "duplicate_group";
    if (twice) return [{ code, path, message: "These fields together are unique already. Remove this group.", fix }];
    return single ? [{ code, path, message: `\`${only}\` is unique already. Remove this group.`, fix }] : [];
  });
}

function indexFindings(resource: Resource): readonly Finding[] {
  const { name, indexes } = resource;
  const seen = new Set<string>();
  return indexes.flatMap((index, at) => {
    const path = [name, "indexes", String(at)];
    const names = index.fields.map((field) => field.name);
    const wrong = fieldFindings(resource, names, path);
    if (wrong.length > 0) return wrong;
    const key = JSON.stringify(indexTexts(index));
    const twice = seen.has(key);
    seen.add(key);
    if (!twice) return [];
    const rest = indexes.filter((other) => other !== index);
    const command = { type: "setResource", resource: name, indexes: rest } as const;
    const message = "This index is there already. Remove it.";
    return [{ code: "duplicate_group", path, message, fix: { title: "Remove this index", command } }];
  });
}

function fieldFindings(resource: Resource, names: readonly string[], path: readonly string[]): readonly Finding[] {
  // What features bring is indexed like any attribute; nothing of it tells records apart.
  const fields = path[1] === "indexes" ? [...indexableFields(resource)] : storedFields(resource);
  if (names.length > maxFields) {
    return [{ code: "unknown_field", path, message: `At most ${maxFields} fields can stand together here.` }];
  }
  return names.flatMap((name, index) => {
    const at = [...path, String(index)];
    if (names.indexOf(name) < index) {
      return [{ code: "duplicate_name", path: at, message: `\`${name}\` is in this group twice. Remove one.` }];
    }
    if (fields.includes(name)) return [];
    return [{ code: "unknown_field", path: at, message: wrongField(resource, name, fields) }];
  });
}

function wrongField(resource: Resource, name: string, fields: readonly string[]): string {
  const attribute = resource.attributes.find((each) => each.name === name);
  if (attribute) return `\`${name}\` is ${typeWords(attribute.type)}, which cannot stand in such a group. Remove it.`;
  if (resource.relationships.some((relationship) => relationship.name === name)) {
    return `\`${name}\` is not stored with \`${resource.name}\`. Only attributes and belongsTo can stand here.`;
  }
  const meant = closest(name, fields) ?? closest(name.replace(/Id$/, ""), fields);
  const hint = meant ? `Did you mean \`${meant}\`?` : "Name an attribute or a belongsTo.";
  return `\`${resource.name}\` has no field \`${name}\`. ${hint}`;
}

function storedFields({ attributes, relationships }: Resource): readonly string[] {
  return [
    ...attributes.filter(({ type }) => canBeUnique(type.kind)).map(({ name }) => name),
    ...relationships.filter(({ kind }) => kind === "belongsTo").map(({ name }) => name),
  ];
}
