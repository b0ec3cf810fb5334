import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";
import { type ExactNumber, isExactNumber } from "#lib/plan/values/exactJson.ts";
import { exactTypes } from "../exactScalars.ts";

type Variables = Readonly<Record<string, unknown>>;

/** Long numbers of a request's JSON stay exact where the schema has exact numbers; elsewhere they become plain ones. */
export function variableNumbers(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Variables,
): Variables {
  const fitted: [string, unknown][] = definitions.flatMap(({ variable, type: node }) => {
    const name = variable.name.value;
    const type = typeFromAST(schema, node);
    if (!Object.hasOwn(variables, name)) return [];
    return [[name, isInputType(type) ? withPlainNumbers(type, variables[name]) : variables[name]]];
  });
  return Object.fromEntries(fitted);
}

function withPlainNumbers(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return withPlainNumbers(type.ofType, value);
  if (typeof value !== "object" || value === null) return value;
  if (isExactNumber(value))
    return isListType(type) ? withPlainNumbers(type.ofType, value) : numberFor(type.toString(), value);
  if (isListType(type)) {
    const { ofType } = type;
    return Array.isArray(value) ? value.map((item) => withPlainNumbers(ofType, item)) : withPlainNumbers(ofType, value);
  }
  if (!isInputObjectType(type) || Array.isArray(value)) return value;
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, field ? withPlainNumbers(field.type, inner) : isExactNumber(inner) ? Number(inner.rawJSON) : inner];
    }),
  );
}

function numberFor(type: string, value: ExactNumber): unknown {
  if (exactTypes.has(type)) return value;
  // An ID is a text, which keeps what a number would lose.
  return type === "ID" && /^-?\d+$/.test(value.rawJSON) ? value.rawJSON : Number(value.rawJSON);
}
