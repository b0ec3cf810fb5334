import { inputName } from "#lib/codegen/graphql/graphqlNames.ts";
import { inputFields } from "#lib/codegen/inputFields.ts";
import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import { graphqlForms } from "#lib/model/api/operationForms.ts";
import { storedAttributes } from "#lib/model/features/storedAttributes.ts";
import type { Action, AttributeType, Model, Resource } from "#lib/model/types.ts";
import { sampleInput } from "./restOperations.ts";

/** One field of the query or mutation type, with an operation that asks for it. */
export interface GraphqlOperation {
  /** Name of the field. */
  readonly id: string;
  readonly query: string;
  /** JSON; empty where there are none. */
  readonly variables: string;
}

/** All operations that GraphQL understands about a resource: those on one record and the lists. */
export function graphqlOperations(model: Model, resource: Resource): readonly GraphqlOperation[] {
  return actionsOf(resource).flatMap((action) =>
    graphqlForms(resource, action)
      // Of changes the one of a single record; the others differ in what they are given.
      .slice(0, action.type === "read" ? 2 : 1)
      .map((field, index) => operationOf({ model, resource, action, field, isOne: index === 1 })),
  );
}

interface Asked {
  readonly model: Model;
  readonly resource: Resource;
  readonly action: Action;
  readonly field: string;
  /** The standard read of one record. */
  readonly isOne: boolean;
}

function operationOf(asked: Asked): GraphqlOperation {
  const { field, action, isOne } = asked;
  const shown = shownFields(asked.resource);
  if (action.type === "read" && isStandardAction(action.name)) {
    const query = isOne
      ? `query ($id: ID!) {\n  ${field}(id: $id) {\n${lines(shown, 4)}\n  }\n}`
      : `{\n  ${field}(first: 5) {\n    nodes {\n${lines(shown, 6)}\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}`;
    return { id: field, query, variables: isOne ? '{\n  "id": ""\n}' : "" };
  }
  const { model, resource } = asked;
  const input = sampleInput(model, resource, action);
  const takes = inputFields(model, resource, action);
  const isNeeded = takes.some(({ required }) => required) || action.name === "create" || action.name === "update";
  const hasInput = takes.length > 0 && (isNeeded || Object.keys(input).length > 0);
  const onOne = action.type === "update" || action.type === "destroy";
  const parameters = [
    ...(onOne ? [["id", "ID!"] as const] : []),
    ...(onOne && resource.features?.versioned?.required ? [["version", "Int!"] as const] : []),
    ...(hasInput ? [["input", `${inputName(action.name, resource)}${isNeeded ? "!" : ""}`] as const] : []),
  ];
  const declared = parameters.map(([name, type]) => `$${name}: ${type}`).join(", ");
  const given = parameters.map(([name]) => `${name}: $${name}`);
  const names = new Set<string>(parameters.map(([name]) => name));
  const variables = {
    ...(names.has("id") ? { id: "" } : {}),
    ...(names.has("version") ? { version: 1 } : {}),
    ...(names.has("input") ? { input } : {}),
  };
  const kind = action.type === "read" ? "query" : "mutation";
  const args = (action.type === "read" ? [...given, "first: 5"] : given).join(", ");
  const body =
    action.type === "read"
      ? `    nodes {\n${lines(shown, 6)}\n    }`
      : `    result {\n${lines(shown, 6)}\n    }\n    errors {\n      code\n      message\n    }`;
  return {
    id: field,
    query: `${kind}${declared ? ` (${declared})` : ""} {\n  ${field}${args ? `(${args})` : ""} {\n${body}\n  }\n}`,
    variables: Object.keys(variables).length === 0 ? "" : JSON.stringify(variables, null, 2),
  };
}

/** The key and the first plain fields of a resource. */
function shownFields(resource: Resource): readonly string[] {
  const plain = storedAttributes(resource).filter(({ type, deprecated }) => isPlain(type) && !deprecated);
  return ["id", ...plain.slice(0, 4).map(({ name }) => name)];
}

/** Whether a value needs no selection of its own. */
function isPlain(type: AttributeType): boolean {
  return type.kind !== "embed" && type.kind !== "money" && type.kind !== "file" && type.kind !== "list";
}

const lines = (names: readonly string[], indent: number) =>
  names.map((name) => `${" ".repeat(indent)}${name}`).join("\n");
