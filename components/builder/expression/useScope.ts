"use client";

import { useMemo } from "react";
import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import { scopeOf } from "#lib/model/expressions/scopeOf.ts";
import type { Argument } from "#lib/model/types.ts";
import { useDraft } from "../BuilderContext.tsx";

const none: readonly Argument[] = [];

/** What an expression about a resource may name; the same object while the model stays the same. */
export function useScope(resource: string | null, given: readonly Argument[] = none): ExpressionScope {
  const model = useDraft();
  const said = JSON.stringify(given);
  // biome-ignore lint/correctness/useExhaustiveDependencies: arguments that say the same are the same
  return useMemo(() => scopeOf(model, resource, { arguments: given }), [model, resource, said]);
}
