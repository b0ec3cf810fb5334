import { AppError } from "../../errors/AppError.ts";
import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { Expression } from "../../expression/Expression.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import type { Argument, Model } from "../types.ts";
import { scopeOf } from "./scopeOf.ts";

export interface TypedOptions {
  /** The resource that it is about; null where there is no record. */
  readonly resource: string | null;
  readonly text: string;
  readonly arguments?: readonly Argument[];
  /** Absent: anything. */
  readonly expected?: ValueType;
}

const known = new WeakMap<Model, Map<string, Expression>>();

/**
 * The checked tree of an expression of a verified model; worked out once for each model.
 * @throws AppError `internal` when it has problems, which no verified model has.
 */
export function typedExpression(model: Model, options: TypedOptions): Expression {
  let trees = known.get(model);
  if (!trees) {
    trees = new Map();
    known.set(model, trees);
  }
  const { resource, text, expected } = options;
  const given = options.arguments ?? [];
  const key = JSON.stringify([resource, text, given.map(({ name, type }) => [name, type]), expected ?? null]);
  const tree = trees.get(key);
  if (tree) return tree;
  const scope = scopeOf(model, resource, { arguments: given });
  const { expression, problems } = checkExpression(text, scope, expected ? { expected } : {});
  if (!expression) {
    const message = `An expression of the model cannot be understood: ${problems[0]?.message ?? text}`;
    throw new AppError("internal", message);
  }
  trees.set(key, expression);
  return expression;
}
