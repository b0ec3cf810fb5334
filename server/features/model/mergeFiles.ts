import type { Sources } from "#lib/model/sources.ts";

/** Three-way merge by whole files: a file that only one side changed is taken from there; where both did, ours. */
export function mergeFiles({ base, ours, theirs }: { base: Sources; ours: Sources; theirs: Sources }): {
  merged: Sources;
  conflicts: readonly string[];
} {
  const merged: [string, string][] = [];
  const conflicts: string[] = [];
  for (const path of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    const oursChanged = ours[path] !== base[path];
    if (oursChanged && theirs[path] !== base[path] && ours[path] !== theirs[path]) {
      conflicts.push(`${path} was changed on both sides`);
    }
    const text = oursChanged ? ours[path] : theirs[path];
    if (text !== undefined) merged.push([path, text]);
  }
  return { merged: Object.fromEntries(merged), conflicts };
}
