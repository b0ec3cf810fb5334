"use client";

import { useSyncExternalStore } from "react";

/** What stands behind the `#` of a mailed link: the server that serves the page never sees it. Undefined until known. */
export function useLinkSecret(): string | undefined {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => window.location.hash.slice(1),
    () => undefined,
  );
}
