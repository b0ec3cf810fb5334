"use client";

import { useEffect } from "react";
import type { BuilderStore } from "./state/BuilderStore.ts";

/** Has the browser ask before a page with unsaved changes goes away. */
export function useLeaveGuard(store: BuilderStore): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (store.getState().dirty) event.preventDefault();
    };
    window.addEventListener("beforeunload", guard);
    return () => window.removeEventListener("beforeunload", guard);
  }, [store]);
}
