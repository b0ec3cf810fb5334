"use client";

import { useEffect, useRef } from "react";

/** Looks again every so many milliseconds while somebody sees the page; null: no more. */
export function useFresh(look: () => void, interval: number | null): void {
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  useEffect(() => {
    if (interval === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") latest.current();
    }, interval);
    return () => clearInterval(timer);
  }, [interval]);
}
