import { type GraphQLSchema, isScalarType, type ValueNode } from "graphql";

/** Numbers written in a document keep every digit, which a JavaScript number would not. */
export function exactScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const name of ["Decimal", "BigInt"]) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) scalar.coerceInputLiteral = digitsOf;
  }
  return schema;
}

/** What is no number or text is left for the field's own check to refuse, which names the field. */
function digitsOf(node: ValueNode): unknown {
  return "value" in node ? node.value : null;
}
