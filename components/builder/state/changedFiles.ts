import type { Sources } from "#lib/model/sources.ts";

/** Path to new text, or null where the file is gone. */
export type ChangedFiles = Readonly<Record<string, string | null>>;

/** What must be written so that `base` becomes `sources`. */
export function changedFiles(base: Sources, sources: Sources): ChangedFiles {
  const changes: Record<string, string | null> = {};
  for (const [path, text] of Object.entries(sources)) if (base[path] !== text) changes[path] = text;
  for (const path of Object.keys(base)) if (!Object.hasOwn(sources, path)) changes[path] = null;
  return changes;
}
