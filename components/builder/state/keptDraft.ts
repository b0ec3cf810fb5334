import type { Sources } from "#lib/model/sources.ts";
import type { Revision } from "../BuilderPort.ts";

/** Unsaved work as it is kept in the browser: enough to go on from it even when the branch has moved. */
export interface KeptDraft {
  readonly base: Revision;
  readonly sources: Sources;
  /** RFC 3339. */
  readonly at: string;
}

const version = 1;

export function draftKey(storageKey: string): string {
  return `gantry:draft:${storageKey}`;
}

/** What was kept, or null when there is nothing or nothing that can be read. */
export function readKeptDraft(storage: Pick<Storage, "getItem">, storageKey: string): KeptDraft | null {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(draftKey(storageKey)) ?? "null");
    return isKept(parsed) ? parsed.draft : null;
  } catch {
    return null;
  }
}

/** False when the browser has no room or forbids it. */
export function keepDraft(storage: Pick<Storage, "setItem">, storageKey: string, draft: KeptDraft): boolean {
  try {
    storage.setItem(draftKey(storageKey), JSON.stringify({ version, draft }));
    return true;
  } catch {
    return false;
  }
}

export function forgetDraft(storage: Pick<Storage, "removeItem">, storageKey: string): void {
  try {
    storage.removeItem(draftKey(storageKey));
  } catch {
    // A browser that forbids storage has kept nothing.
  }
}

function isKept(value: unknown): value is { version: number; draft: KeptDraft } {
  if (!isRecord(value) || value.version !== version || !isRecord(value.draft)) return false;
  const { base, sources, at } = value.draft;
  return (
    typeof at === "string" &&
    isSources(sources) &&
    isRecord(base) &&
    typeof base.commit === "string" &&
    isSources(base.files) &&
    (base.lastCommit === null || isRecord(base.lastCommit))
  );
}

function isSources(value: unknown): value is Sources {
  return isRecord(value) && Object.values(value).every((text) => typeof text === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
