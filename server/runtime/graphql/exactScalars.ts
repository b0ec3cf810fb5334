import {
  type ConstObjectFieldNode,
  type ConstValueNode,
  GraphQLError,
  type GraphQLSchema,
  isScalarType,
  Kind,
  type ValueNode,
} from "graphql";
import { isExactNumber, parseExactJson } from "#lib/plan/values/exactJson.ts";

/** The scalars whose numbers may have more digits than a JavaScript number holds. */
export const exactTypes: ReadonlySet<string> = new Set(["Decimal", "BigInt", "JSON"]);

const numbers: readonly Kind[] = [Kind.INT, Kind.FLOAT, Kind.STRING];
const texts: readonly Kind[] = [Kind.STRING];
const legal: Readonly<Record<string, readonly Kind[] | null>> = {
  Decimal: numbers,
  BigInt: numbers,
  Date: texts,
  Time: texts,
  Duration: texts,
  DateTime: texts,
  UUID: texts,
  JSON: null,
};

/**
 * Values written in a document keep every digit of their numbers, and what cannot be of a scalar is refused when the
 * document is validated. The rest is left for the field's own check, which names the field.
 */
export function exactScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, kinds] of Object.entries(legal)) {
    const scalar = schema.getType(name);
    if (!isScalarType(scalar)) continue;
    scalar.coerceInputLiteral = (node) => {
      if (kinds && !kinds.includes(node.kind))
        throw new GraphQLError(`Write a ${name} as ${kinds === texts ? "a text" : "a number or a text"}.`, {
          nodes: node,
        });
      return literalValue(node);
    };
    scalar.valueToLiteral = literalOf;
  }
  return schema;
}

function literalValue(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return parseExactJson(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.LIST:
      return node.values.map(literalValue);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, literalValue(value)]));
    case Kind.NULL:
    case Kind.VARIABLE:
      return null;
  }
}

/** The other way round, for a variable that stands inside a JSON literal. */
function literalOf(value: unknown): ConstValueNode {
  if (isExactNumber(value)) return { kind: Kind.FLOAT, value: value.rawJSON };
  if (typeof value === "number") return { kind: Kind.FLOAT, value: String(value) };
  if (typeof value === "string") return { kind: Kind.STRING, value };
  if (typeof value === "boolean") return { kind: Kind.BOOLEAN, value };
  if (Array.isArray(value)) return { kind: Kind.LIST, values: value.map(literalOf) };
  if (typeof value !== "object" || value === null) return { kind: Kind.NULL };
  const fields = Object.entries(value).map(
    ([name, inner]): ConstObjectFieldNode => ({
      kind: Kind.OBJECT_FIELD,
      name: { kind: Kind.NAME, value: name },
      value: literalOf(inner),
    }),
  );
  return { kind: Kind.OBJECT, fields };
}
