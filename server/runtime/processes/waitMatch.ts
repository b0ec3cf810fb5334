import type { Expression } from "#lib/expression/Expression.ts";
import { toCanonical } from "#lib/expression/toCanonical.ts";
import { contextsIn, evaluateJson, type JsonSource } from "#lib/model/runs/evaluateJson.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { ChangeEvent } from "../events/ChangeEvent.ts";
import { sourceOf } from "../events/startsConsumer.ts";

/** What a condition on changes takes from its run: paths and their values. All else is of the change. */
export type KnownValues = readonly (readonly [path: string, value: JsonValue])[];

export function knownValues(match: Expression, source: JsonSource): KnownValues {
  const found = new Map<string, JsonValue>();
  for (const { path } of contextsIn(match)) {
    if (isOfChange(path, source)) continue;
    found.set(JSON.stringify(path), source(path) ?? null);
  }
  return [...found];
}

/** Names of the run come before those of the record. */
function isOfChange(path: readonly string[], source: JsonSource): boolean {
  const [root = ""] = path;
  if (root === "record" || root === "previous") return true;
  return root !== "input" && root !== "steps" && source([root]) === undefined;
}

/** The text of the only key that a record can have which fulfils the condition; null where it says none. */
export function onlyRecord(match: Expression, source: JsonSource): string | null {
  for (const part of conjuncts(match)) {
    if (part.kind !== "operation" || part.operator !== "equal") continue;
    const [one, other] = part.operands;
    for (const [key, value] of [
      [one, other],
      [other, one],
    ]) {
      if (key?.kind !== "context" || !isKey(key.path, source) || !value) continue;
      if (contextsIn(value).some(({ path }) => isOfChange(path, source))) continue;
      return toCanonical(value.type, evaluateJson(value, source));
    }
  }
  return null;
}

function isKey(path: readonly string[], source: JsonSource): boolean {
  const name = path.join(".");
  return (name === "id" || name === "record.id") && isOfChange(path, source);
}

function conjuncts(expression: Expression): readonly Expression[] {
  const isAnd = expression.kind === "operation" && expression.operator === "and";
  return isAnd ? expression.operands.flatMap(conjuncts) : [expression];
}

export function fulfils(match: Expression, known: KnownValues, event: ChangeEvent): boolean {
  const values = new Map(known);
  const ofChange = sourceOf(event);
  return (
    evaluateJson(match, (path) => {
      const name = JSON.stringify(path);
      return values.has(name) ? values.get(name) : ofChange(path);
    }) === true
  );
}
