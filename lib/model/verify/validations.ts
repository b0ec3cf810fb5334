import { actionsOf } from "../actions/actionsOf.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Resource, Validation } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";

/** Checks concern fields and actions that are there and say something. */
export const validations: Rule = eachResource((resource) => [
  ...(resource.validations ?? []).flatMap((validation, index) =>
    findings(resource, validation, [resource.name, "validations", String(index)]),
  ),
  ...(resource.definedActions ?? []).flatMap(({ name, validations: own = [] }) =>
    own.flatMap((validation, index) =>
      findings(resource, validation, [resource.name, "actions", name, "validations", String(index)]),
    ),
  ),
]);

function findings(
  resource: Resource,
  { message, field, actions = [] }: Validation,
  path: readonly string[],
): readonly Finding[] {
  const fields = [
    ...resource.attributes.map(({ name }) => name),
    ...resource.relationships.flatMap((relationship) =>
      relationship.kind === "belongsTo" ? [relationship.name, foreignKeyField(relationship)] : [relationship.name],
    ),
  ];
  const writing = actionsOf(resource).filter(({ type }) => type === "create" || type === "update");
  const names = writing.map(({ name }) => name);
  const unknown = `\`${resource.name}\` has no field \`${field}\`. ${nameHint(field ?? "", fields, "Name an attribute.")}`;
  return [
    ...(message.trim() === ""
      ? [{ code: "missing_option", path: [...path, "message"], message: "Say in `message` what is wrong." }]
      : []),
    ...(field === undefined || fields.includes(field)
      ? []
      : [{ code: "unknown_field", path: [...path, "field"], message: unknown }]),
    ...actions.flatMap((name, index) => {
      if (names.includes(name)) return [];
      const hint = nameHint(name, names, "Name an action that creates or updates.");
      const said = `\`${resource.name}\` has no action \`${name}\` that could be checked. ${hint}`;
      return [{ code: "unknown_action", path: [...path, "on", String(index)], message: said }];
    }),
  ];
}
