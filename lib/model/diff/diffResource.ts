import type { Model, Resource } from "../types.ts";
import { diffAttribute } from "./diffAttribute.ts";
import { differences, text } from "./differences.ts";
import { diffRelationships } from "./diffRelationships.ts";
import type { ModelChange } from "./ModelChange.ts";
import { pairs } from "./pairs.ts";

interface Side {
  readonly model: Model;
  readonly resource: Resource;
}

/** What became of one resource whose table stayed. */
export function diffResource(before: Side, after: Side): readonly ModelChange[] {
  const [was, is] = [before.resource, after.resource];
  const path = [is.name];
  const renamed: readonly ModelChange[] =
    was.name === is.name ? [] : [{ kind: "resourceRenamed", path, from: was.name, to: is.name }];
  const changed = differences([
    ["plural", was.plural, is.plural],
    ["description", text(was.describe), text(is.describe)],
    ["actions", was.actions.join(", "), is.actions.join(", ")],
  ]).map((difference): ModelChange => ({ kind: "resourceChanged", path, difference }));
  return [
    ...renamed,
    ...changed,
    ...diffAttribute(was.key, is.key, [...path, "key"]),
    ...diffAttributes(was, is, path),
    ...diffRelationships(before, after, path),
    ...diffGroups(before, after, path),
  ];
}

function diffAttributes(was: Resource, is: Resource, path: readonly string[]): readonly ModelChange[] {
  const { added, removed, kept } = pairs(was.attributes, is.attributes, ({ column }) => column);
  const at = (name: string) => [...path, "attributes", name];
  const order = kept.map(([before]) => was.attributes.indexOf(before));
  const reordered = order.some((place, index) => index > 0 && place < (order[index - 1] ?? 0));
  return [
    ...added.map((attribute): ModelChange => ({ kind: "attributeAdded", path: at(attribute.name), attribute })),
    ...removed.map((attribute): ModelChange => ({ kind: "attributeRemoved", path: at(attribute.name), attribute })),
    ...kept.flatMap(([before, after]) => diffAttribute(before, after, at(after.name))),
    ...(reordered ? [{ kind: "attributesReordered", path } as const] : []),
  ];
}

/** Groups are compared by the columns they name, so that a rename is no change of theirs. */
function diffGroups(before: Side, after: Side, path: readonly string[]): readonly ModelChange[] {
  const resources = { before: before.resource, after: after.resource };
  const columns = (fields: readonly string[], side: "before" | "after") =>
    fields.map((field) => storedField(resources[side], field)).join(" ");
  const uniques = pairs(before.resource.uniques, after.resource.uniques, columns);
  const indexes = pairs(indexFields(before.resource), indexFields(after.resource), columns);
  return [
    ...uniques.added.map((fields): ModelChange => ({ kind: "uniqueAdded", path, fields })),
    ...uniques.removed.map((fields): ModelChange => ({ kind: "uniqueRemoved", path, fields })),
    ...indexes.added.map((fields): ModelChange => ({ kind: "indexAdded", path, fields })),
    ...indexes.removed.map((fields): ModelChange => ({ kind: "indexRemoved", path, fields })),
  ];
}

const indexFields = ({ indexes }: Resource): readonly (readonly string[])[] =>
  indexes.map(({ fields }) => fields.map(({ name, descending }) => (descending ? `-${name}` : name)));

function storedField(resource: Resource, field: string): string {
  const name = field.replace(/^-/, "");
  const attribute = resource.attributes.find((candidate) => candidate.name === name);
  const relationship = resource.relationships.find((candidate) => candidate.name === name);
  const column = relationship?.kind === "belongsTo" ? relationship.column : (attribute?.column ?? name);
  return field.startsWith("-") ? `-${column}` : column;
}
