"use client";

import { useEffect, useRef, useState } from "react";
import { useBuilderStore } from "../BuilderContext.tsx";

interface TypedValueOptions {
  /** What the document says. */
  readonly value: string;
  /** Takes the text over; called once for each text. */
  readonly commit: (text: string) => void;
  /** A sentence when the text cannot be taken; then it is not. */
  readonly check?: (text: string) => string | null;
  /** Milliseconds after the last key. */
  readonly delay?: number;
}

/** Names wait longer: others follow them, and half a name is one nobody wants to see. */
export const nameDelay = 700;

/** A text field over the document: what is typed shows at once and is taken over when it can be. Escape takes it back. */
export function useTypedValue({ value, commit, check, delay = 350 }: TypedValueOptions) {
  const store = useBuilderStore();
  const [typed, setTyped] = useState<string | null>(null);
  const pending = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const latest = useRef({ value, commit, check });
  useEffect(() => {
    latest.current = { value, commit, check };
  });

  const flush = () => {
    const waiting = pending.current;
    if (!waiting) return;
    pending.current = null;
    clearTimeout(waiting.timer);
    const now = latest.current;
    if (waiting.text !== now.value && !now.check?.(waiting.text)) now.commit(waiting.text);
  };
  const flushLatest = useRef(flush);
  useEffect(() => {
    flushLatest.current = flush;
  });
  // What was typed is not lost when the field goes away with its panel.
  useEffect(() => () => flushLatest.current(), []);

  const shown = typed ?? value;
  const error = typed === null || typed === value ? null : (check?.(typed) ?? null);
  return {
    error,
    /** Whether something is typed that the document does not say yet. */
    editing: typed !== null && typed !== value,
    field: {
      value: shown,
      onChange: (event: { readonly target: { readonly value: string } }) => {
        const text = event.target.value;
        setTyped(text);
        if (pending.current) clearTimeout(pending.current.timer);
        pending.current = { text, timer: setTimeout(() => flushLatest.current(), delay) };
      },
      onBlur: () => {
        flush();
        store.seal();
        // A text that cannot be taken stays to be mended.
        if (!error) setTyped(null);
      },
      onKeyDown: (event: React.KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
        if (event.key === "Enter" && event.currentTarget instanceof HTMLInputElement) {
          event.preventDefault();
          flush();
          if (!error) setTyped(null);
        } else if (event.key === "Escape" && typed !== null && typed !== value) {
          event.preventDefault();
          event.stopPropagation();
          if (pending.current) clearTimeout(pending.current.timer);
          pending.current = null;
          setTyped(null);
        }
      },
    },
  };
}
