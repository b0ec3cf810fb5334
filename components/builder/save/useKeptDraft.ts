"use client";

import { useCallback, useEffect, useState } from "react";
import type { BuilderStore } from "../state/BuilderStore.ts";
import { sameSources } from "../state/history.ts";
import { forgetDraft, type KeptDraft, keepDraft, readKeptDraft } from "../state/keptDraft.ts";

/** Keeps unsaved work in the browser and offers what a former page left behind. */
export function useKeptDraft(store: BuilderStore, storageKey: string) {
  const [offered, setOffered] = useState<KeptDraft | null>(null);
  const [ready, setReady] = useState(false);

  useEffect(() => {
    const kept = readKeptDraft(window.localStorage, storageKey);
    const { base } = store.getState();
    // What stands in the repository already needs no restoring.
    if (kept && !sameSources(kept.sources, base.files) && !sameSources(kept.sources, kept.base.files)) setOffered(kept);
    setReady(true);
  }, [store, storageKey]);

  useEffect(() => {
    if (!ready || offered) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const keep = () => {
      timer = null;
      const { base, history, dirty } = store.getState();
      if (!dirty) forgetDraft(window.localStorage, storageKey);
      else {
        const draft = { base, sources: history.present.sources, at: new Date().toISOString() };
        keepDraft(window.localStorage, storageKey, draft);
      }
    };
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(keep, 250);
    });
    // A page that is hidden may never be shown again.
    const now = () => {
      if (timer) clearTimeout(timer);
      keep();
    };
    window.addEventListener("pagehide", now);
    return () => {
      window.removeEventListener("pagehide", now);
      unsubscribe();
      if (timer) now();
    };
  }, [store, storageKey, ready, offered]);

  const restore = useCallback(
    (draft: KeptDraft) => {
      store.restore(draft.base, draft.sources);
      setOffered(null);
    },
    [store],
  );
  const discard = useCallback(() => {
    forgetDraft(window.localStorage, storageKey);
    setOffered(null);
  }, [storageKey]);

  return { offered, restore, discard };
}
