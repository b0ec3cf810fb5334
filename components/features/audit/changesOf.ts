/** One field of what was changed, as text; null where it was not there. */
export interface Change {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Before and after, field by field: those that differ, and those of what only came or only went. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

function leavesOf(value: unknown, path = ""): Map<string, string> {
  if (value === null || value === undefined) return path === "" ? new Map() : new Map([[path, "none"]]);
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object" || item === null)) return new Map([[path, value.join(", ")]]);
    return merged(value.map((item, at) => leavesOf(item, `${path}[${at + 1}]`)));
  }
  if (typeof value === "object") {
    return merged(Object.entries(value).map(([key, field]) => leavesOf(field, path === "" ? key : `${path}.${key}`)));
  }
  return new Map([[path, String(value)]]);
}

function merged(maps: readonly Map<string, string>[]): Map<string, string> {
  return new Map(maps.flatMap((map) => [...map]));
}
