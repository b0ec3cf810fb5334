import type { Expression } from "../../expression/Expression.ts";
import { compileExpression } from "../../expression/evaluate/compileExpression.ts";
import { contextEnvironment } from "../../expression/evaluate/EvaluationEnvironment.ts";
import { fromJson } from "../../expression/fromCanonical.ts";
import { partsOf } from "../../expression/partsOf.ts";
import type { Value } from "../../expression/Value.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import type { JsonValue } from "../types.ts";

/** What stands at a path such as `["steps", "load", "title"]`, as JSON; undefined where nothing does. */
export type JsonSource = (path: readonly string[]) => JsonValue | undefined;

type Work = (source: JsonSource) => Value;

const known = new WeakMap<Expression, Work>();

/** Works out an expression that is about no record, over JSON as the APIs show it. */
export function evaluateJson(expression: Expression, source: JsonSource): Value {
  let work = known.get(expression);
  if (!work) {
    work = workOf(expression);
    known.set(expression, work);
  }
  return work(source);
}

function workOf(expression: Expression): Work {
  const types = new Map<string, ValueType>();
  for (const { path, type } of contextsIn(expression)) types.set(JSON.stringify(path), type);
  const compiled = compileExpression(expression);
  return (source) => {
    const environment = contextEnvironment((path) => {
      const type = types.get(JSON.stringify(path));
      return type ? valueAt(type, path, source) : null;
    });
    return compiled(environment);
  };
}

/** A record stands for its key where nothing of it is named. */
function valueAt(type: ValueType, path: readonly string[], source: JsonSource): Value {
  const json = source(path);
  if (json === undefined || json === null) return null;
  return fromJson(type, json);
}

/** What an expression takes from its context. */
export function contextsIn(expression: Expression): readonly Extract<Expression, { kind: "context" }>[] {
  return expression.kind === "context" ? [expression] : partsOf(expression).flatMap(contextsIn);
}

/** A member of nested objects. */
export function memberAt(json: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let at = json;
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, JsonValue>>)[name];
  }
  return at;
}
