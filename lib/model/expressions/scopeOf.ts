import type { ExpressionScope } from "../../expression/ExpressionScope.ts";
import type { ObjectMember, ValueType } from "../../expression/ValueType.ts";
import type { Argument, Model } from "../types.ts";
import { actorType } from "./actorType.ts";
import { resourceNamed } from "./resourceAlong.ts";
import { resourceTypes } from "./resourceTypes.ts";
import { valueTypeOf } from "./valueTypeOf.ts";

export interface ScopeOptions {
  /** Of the action in which the expression stands. */
  readonly arguments?: readonly Argument[];
  /** Whether the plain fields of the record before the change are in sight as `previous`. */
  readonly previous?: boolean;
}

const environment: ObjectMember = { name: "environment", type: { kind: "text" } };

/**
 * What an expression about a resource of the model may name: the members of its records, `actor`, `arguments` and
 * `context`. Without a resource there is no record in sight.
 */
export function scopeOf(model: Model, resource: string | null, options: ScopeOptions = {}): ExpressionScope {
  const context = new Map<string, ValueType>([
    ["actor", actorType(model)],
    ["arguments", argumentsType(model, options.arguments ?? [])],
    ["context", { kind: "object", name: "context", members: [environment] }],
  ]);
  if (options.previous && resource !== null) context.set("previous", previousType(model, resource));
  return { resource, context, resources: resourceTypes(model) };
}

function argumentsType(model: Model, declared: readonly Argument[]): ValueType {
  const members = declared.map(({ name, type }) => ({ name, type: valueTypeOf(type, model) }));
  return { kind: "object", name: "arguments", members };
}

function previousType(model: Model, resource: string): ValueType {
  const found = resourceNamed(model, resource);
  const members = (found?.attributes ?? []).map(({ name, type }) => ({ name, type: valueTypeOf(type, model) }));
  return { kind: "object", name: "previous", members };
}
