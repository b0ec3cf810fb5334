"use client";

import { useEffect, useRef } from "react";

/** The thing of the name; while its address still has its old name, the one that it was renamed to. */
export function useNamedOrRenamed<Thing extends { readonly name: string }>(
  all: readonly Thing[],
  wanted: string | undefined,
): Thing | undefined {
  const before = useRef(all);
  const named = all.find(({ name }) => name === wanted);
  useEffect(() => {
    if (named) before.current = all;
  }, [all, named]);
  if (named || !before.current.some(({ name }) => name === wanted)) return named;
  const known = new Set(before.current.map(({ name }) => name));
  return all.length === before.current.length ? all.find(({ name }) => !known.has(name)) : undefined;
}
