import type { Action, Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

/** What is required can be given, is set, or has a default, in every action that creates. */
export const requiredOnCreate: Rule = eachResource((resource) => {
  const { actions, definedActions = [] } = resource;
  const standard: readonly Action[] = actions.includes("create") ? [{ name: "create", type: "create" }] : [];
  const plain = standard.filter(({ name }) => !definedActions.some((action) => action.name === name));
  return [...plain, ...definedActions]
    .filter(({ type }) => type === "create")
    .flatMap((action) => findings(resource, action));
});

function findings(resource: Resource, action: Action): readonly Finding[] {
  const { attributes, relationships, states, features } = resource;
  const accepts = (name: string) => (action.accept ? action.accept.includes(name) : action.name === "create");
  const sets = (name: string) => action.set?.some(({ field }) => field === name) ?? false;
  const path = [resource.name, "actions", action.name];
  const stuck = [
    ...attributes
      .filter(({ required, type, default: value }) => required && !value && type.kind !== "sequence")
      .filter(({ name, writable }) => writable === "readOnly" || name === states?.attribute || !accepts(name)),
    ...relationships
      .filter((relationship) => relationship.kind === "belongsTo" && relationship.required)
      .filter(({ name }) => !accepts(name)),
  ].map(({ name }) => name);
  return stuck
    .filter(
      (name) =>
        !sets(name) && name !== features?.tenant && !(name === states?.attribute && action.accept?.includes(name)),
    )
    .map((name) => ({
      code: "required_unset",
      path: action.accept ? [...path, "accept"] : isStored(resource, name),
      message: `\`${name}\` is required, but \`${action.name}\` neither accepts nor sets it and it has no default, so nothing could be created. Give it a default or set it.`,
    }));
}

function isStored({ name: resource, attributes }: Resource, name: string): readonly string[] {
  return [resource, attributes.some((attribute) => attribute.name === name) ? "attributes" : "relationships", name];
}
