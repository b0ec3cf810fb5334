import { type EnumValueNode, Kind, type OperationDefinitionNode, print, visit } from "graphql";
import type { Plan } from "#lib/plan/types.ts";

const longest = 1500;
const operations = new WeakMap<Plan["shape"], OperationDefinitionNode>();

/** Remembers for which operation a shape was planned. Plans are kept, so that this is done once for many requests. */
export function noteOperation(shape: Plan["shape"], operation: OperationDefinitionNode): void {
  operations.set(shape, operation);
}

/** The operation that a plan was made for, with names but without values; its kind alone where that is not known. */
export function describeOperation({ shape }: Plan): string {
  const operation = operations.get(shape);
  if (!operation) return `POST /graphql ${shape.kind} ${shape.resource}`;
  const text = print(withoutValues(operation)).replace(/\s+/g, " ");
  return `POST /graphql ${text.length > longest ? `${text.slice(0, longest)}…` : text}`;
}

function withoutValues(operation: OperationDefinitionNode): OperationDefinitionNode {
  return visit(operation, {
    enter(node) {
      if (node.kind === Kind.ARGUMENT) return { ...node, value: hidden };
      return node.kind === Kind.VARIABLE_DEFINITION ? { ...node, defaultValue: undefined, directives: [] } : undefined;
    },
  });
}

const hidden: EnumValueNode = { kind: Kind.ENUM, value: "…" };
