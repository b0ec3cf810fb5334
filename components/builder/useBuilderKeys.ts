"use client";

import { useEffect, useRef } from "react";
import type { BuilderActions } from "./BuilderContext.tsx";
import type { BuilderStore } from "./state/BuilderStore.ts";

interface BuilderKeyOptions {
  readonly store: BuilderStore;
  readonly actions: BuilderActions;
  readonly onFind: () => void;
  readonly onSave: () => void;
}

/** Keys that work anywhere in the builder; while someone types, only those that mean nothing to a text field. */
export function useBuilderKeys(options: BuilderKeyOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { store, actions, onFind, onSave } = latest.current;
      const act = event.defaultPrevented ? null : shortcut(event, isTyping(event.target));
      if (act === null) return;
      const behindWindow = document.querySelector('[role="dialog"][data-state="open"]') !== null;
      // The browser's own saving of the page is never what is meant.
      if (!behindWindow || act === "save") event.preventDefault();
      if (behindWindow) return;
      switch (act) {
        case "save":
          // What stands in a field is taken over when the field is left.
          if (document.activeElement instanceof HTMLElement) blurred(document.activeElement, onSave);
          return;
        case "undo":
          return store.undo();
        case "redo":
          return store.redo();
        case "find":
          return onFind();
        case "add":
          return actions.askForResource();
        case "remove": {
          const { selection } = store.getState();
          if (selection) actions.remove(selection);
          return;
        }
        case "deselect":
          return actions.select(null);
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

type Shortcut = "save" | "undo" | "redo" | "find" | "add" | "remove" | "deselect";

/** Which shortcut a key is, if any. */
export function shortcut(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
  typing: boolean,
): Shortcut | null {
  const key = event.key.toLowerCase();
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    if (key === "s") return "save";
    if (key === "f" && !event.shiftKey) return typing ? null : "find";
    if (typing) return null;
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return key === "y" ? "redo" : null;
  }
  if (typing) return null;
  if (key === "/") return "find";
  if (key === "r" && !event.shiftKey) return "add";
  if (key === "delete") return "remove";
  return key === "escape" ? "deselect" : null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Leaves a field for a moment, so that it hands over what it holds. */
function blurred(element: HTMLElement, then: () => void): void {
  element.blur();
  then();
  element.focus({ preventScroll: true });
}
