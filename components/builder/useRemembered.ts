"use client";

import { useCallback, useEffect, useState } from "react";

/** A choice that the browser remembers; the first rendering has the fallback, as the server's had. */
export function useRemembered<Choice extends string>(
  key: string,
  fallback: NoInfer<Choice>,
  choices: readonly Choice[],
): readonly [Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState<Choice>(fallback);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choices are written in place and do not change
  useEffect(() => {
    try {
      const stored = window.localStorage.getItem(key);
      const known = choices.find((candidate) => candidate === stored);
      if (known !== undefined) setChoice(known);
    } catch {
      // A browser that forbids storage remembers nothing.
    }
  }, [key]);
  const choose = useCallback(
    (next: Choice) => {
      setChoice(next);
      try {
        window.localStorage.setItem(key, next);
      } catch {
        // As above.
      }
    },
    [key],
  );
  return [choice, choose];
}
