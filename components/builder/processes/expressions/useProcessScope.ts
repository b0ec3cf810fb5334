"use client";

import { useMemo } from "react";
import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import { outputScope, startScope, stepScope } from "#lib/model/processes/scopes.ts";
import type { Process, Start } from "#lib/model/processTypes.ts";
import { useDraft } from "../../BuilderContext.tsx";

/** What the expressions of a step see; the same object while model and process stay the same. */
export function useStepScope(process: Process, step: string, part?: "while" | "match"): ExpressionScope {
  const model = useDraft();
  return useMemo(() => stepScope(model, process, step, part), [model, process, step, part]);
}

export function useStartScope(process: Process, start: Start): ExpressionScope {
  const model = useDraft();
  return useMemo(() => startScope(model, process, start), [model, process, start]);
}

export function useOutputScope(process: Process): ExpressionScope {
  const model = useDraft();
  return useMemo(() => outputScope(model, process), [model, process]);
}
