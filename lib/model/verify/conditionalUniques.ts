import type { Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";

const unfit = ["json", "embed", "file", "vector", "encrypted", "list"];

/** Groups that are unique under a condition name stored fields of the record, which the condition alone depends on. */
export const conditionalUniques: Rule = eachResource((resource) =>
  (resource.conditionalUniques ?? []).flatMap(({ fields }, index) => findings(resource, fields, index)),
);

function findings(resource: Resource, fields: readonly string[], index: number): readonly Finding[] {
  const names = [
    ...resource.attributes.filter(({ type }) => !unfit.includes(type.kind)),
    ...resource.relationships.filter(({ kind }) => kind === "belongsTo"),
  ].map(({ name }) => name);
  return fields.flatMap((name, at) => {
    const path = [resource.name, "conditionalUniques", String(index), "fields", String(at)];
    if (fields.indexOf(name) < at)
      return [{ code: "duplicate_name", path, message: `\`${name}\` is in this group twice. Remove one.` }];
    if (names.includes(name)) return [];
    const message = `\`${resource.name}\` has no field \`${name}\` that can be unique. ${nameHint(name, names, "Name an attribute or a belongsTo.")}`;
    return [{ code: "unknown_field", path, message }];
  });
}
