import { offeredActions, offeredNamedActions } from "../../model/api/operations.ts";
import { manyField, mutationField } from "../../model/naming/actionFields.ts";
import type { Action, Model, Resource } from "../../model/types.ts";
import { inputFields } from "../inputFields.ts";
import { hasUpsert, takesInput } from "./actionInputs.ts";
import { description } from "./description.ts";
import { inputName, manyPayload, payloadType } from "./graphqlNames.ts";

/** The mutation fields of one resource. */
export function mutationSdl(model: Model, resource: Resource): string[] {
  const { name } = resource;
  const actions = offeredActions(resource, "graphql");
  const field = (action: string, args: string) => {
    const list = args === "" ? "" : `(${args})`;
    return `  ${mutationField(action, resource)}${list}: ${payloadType(action, resource)}!`;
  };
  const filtered = `filter: ${name}Filter!, maxAffected: Int!`;
  const { versioned } = resource.features ?? {};
  const version = versioned ? `, version: Int${versioned.required ? "!" : ""}` : "";
  const lines: string[] = [];
  if (actions.includes("create")) lines.push(field("create", `input: ${name}CreateInput!`));
  if (actions.includes("update")) lines.push(field("update", `id: ID!${version}, input: ${name}UpdateInput!`));
  if (actions.includes("destroy")) lines.push(field("destroy", `id: ID!${version}`));
  if (hasUpsert(resource)) lines.push(field("upsert", `by: ${name}Identity!, input: ${name}CreateInput!`));
  if (actions.includes("update")) {
    lines.push(`  ${manyField("update", resource)}(${filtered}, input: ${name}UpdateInput!): ${manyPayload}!`);
  }
  if (actions.includes("destroy")) lines.push(`  ${manyField("destroy", resource)}(${filtered}): ${manyPayload}!`);
  for (const action of offeredNamedActions(resource, "graphql")) {
    if (action.type === "read") continue;
    const input = inputArgument(model, resource, action, "");
    if (action.type === "create") {
      lines.push(about(action) + field(action.name, input));
      continue;
    }
    const more = input === "" ? "" : `, ${input}`;
    lines.push(about(action) + field(action.name, `id: ID!${version}${more}`));
    lines.push(`  ${manyField(action.name, resource)}(ids: [ID!]!${more}): ${manyPayload}!`);
  }
  return lines;
}

export const about = ({ describe }: Pick<Action, "describe">) => description(describe, "  ");

/** `input: WinDealInput`, needed where something in it is; nothing where the action takes nothing. */
export function inputArgument(model: Model, resource: Resource, action: Action, end: string): string {
  if (!takesInput(model, resource, action)) return "";
  const isNeeded = inputFields(model, resource, action).some(({ required }) => required);
  return `input: ${inputName(action.name, resource)}${isNeeded ? "!" : ""}${end}`;
}
