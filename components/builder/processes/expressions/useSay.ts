"use client";

import { useMemo } from "react";
import { checkExpression } from "#lib/expression/check/checkExpression.ts";
import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import { describeExpression } from "#lib/expression/words/describeExpression.ts";
import { startScope, stepScope } from "#lib/model/processes/scopes.ts";
import type { Process } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { type Say, sayText } from "../words/stepSentence.ts";

/** How expressions at a step or start (`start 0`) are said; each is understood once while the process stays the same. */
export function useSay(process: Process): (place: string) => Say {
  const model = useDraft();
  return useMemo(() => {
    const known = new Map<string, string>();
    return (place) => (text) => {
      const key = `${place} ${text}`;
      const said = known.get(key) ?? sayIn(scopeAt(model, process, place), text);
      known.set(key, said);
      return said;
    };
  }, [model, process]);
}

function scopeAt(model: Model, process: Process, place: string): ExpressionScope {
  const start = process.starts?.[Number(/^start (\d+)$/.exec(place)?.[1] ?? Number.NaN)];
  return start ? startScope(model, process, start) : stepScope(model, process, place);
}

function sayIn(scope: ExpressionScope, text: string): string {
  const { expression } = checkExpression(text, scope);
  return expression ? describeExpression(expression, text) : sayText(text);
}
