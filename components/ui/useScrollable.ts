"use client";

import { type RefCallback, useCallback, useState } from "react";

interface Scrollable<Part extends HTMLElement> {
  readonly ref: RefCallback<Part>;
  /** 0 while there is something to scroll to, so that it is reached by keyboard; undefined otherwise. */
  readonly tabIndex: 0 | undefined;
}

/** For parts that scroll where they are too large: makes them a stop of the Tab key only then. */
export function useScrollable<Part extends HTMLElement>(): Scrollable<Part> {
  const [scrolls, setScrolls] = useState(false);
  const ref = useCallback((part: Part | null) => {
    if (!part) return;
    const look = () => setScrolls(part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight);
    const observer = new ResizeObserver(look);
    observer.observe(part);
    for (const child of part.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return { ref, tabIndex: scrolls ? 0 : undefined };
}
