import type { Sources } from "#lib/model/sources.ts";

/** One state of the sources and what led to it. */
export interface HistoryEntry {
  readonly sources: Sources;
  /** What was done, as a sentence: "Add resource Order". */
  readonly label: string;
  /** Changes with the same key that follow each other are one step: typing in one field. */
  readonly key: string | null;
}

/** What can be undone and redone. The present is the newest entry of the past that stands. */
export interface History {
  readonly past: readonly HistoryEntry[];
  readonly present: HistoryEntry;
  readonly future: readonly HistoryEntry[];
}

interface Change {
  readonly sources: Sources;
  readonly label: string;
  readonly key?: string;
}

/** Steps that are kept. */
export const historyLimit = 200;

export function startHistory(sources: Sources): History {
  return { past: [], present: { sources, label: "", key: null }, future: [] };
}

/** Adds a change; one that changes nothing is no step. */
export function recordChange(history: History, { sources, label, key }: Change): History {
  if (sameSources(history.present.sources, sources)) return history;
  const present = { sources, label, key: key ?? null };
  if (key !== undefined && key === history.present.key) {
    // Typed back to where the field began: the step is gone.
    const before = history.past.at(-1);
    if (before && sameSources(before.sources, sources)) {
      return { past: history.past.slice(0, -1), present: { ...before, key: null }, future: [] };
    }
    return { ...history, present, future: [] };
  }
  return { past: [...history.past, history.present].slice(-historyLimit), present, future: [] };
}

/** Ends a run of changes that count as one: the next one is a step of its own. */
export function sealHistory(history: History): History {
  return history.present.key === null ? history : { ...history, present: { ...history.present, key: null } };
}

export function undoChange(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  return {
    past: history.past.slice(0, -1),
    present: { ...before, key: null },
    future: [{ ...history.present, key: null }, ...history.future],
  };
}

export function redoChange(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future };
}

/** Whether two sets of files hold the same. */
export function sameSources(a: Sources, b: Sources): boolean {
  if (a === b) return true;
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}
