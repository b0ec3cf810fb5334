"use client";

import type { AppAuth } from "#lib/model/processTypes.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";

const none: AppAuth = {};

/** How people sign in to the app, as the document says it, and how to say something else. */
export function useAuth() {
  const { auth = none } = useDraft().app;
  const { run } = useBuilderActions();
  return {
    auth,
    /** `undefined` takes an option away. */
    set<K extends keyof AppAuth>(option: K, value: AppAuth[K] | undefined): boolean {
      const { [option]: _old, ...rest } = auth;
      const next: AppAuth = value === undefined ? rest : { ...rest, [option]: value };
      return run({ type: "setAuth", auth: next }, { key: `app.auth.${option}` });
    },
  };
}

/** A list that is not written where nothing stands in it. */
export function some<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}
