import type { OneReleaseFigures, ReleaseFigures } from "../compile/Snapshot.ts";

/** What happened on the releases from one answer of `figures` to a later one; all of what is counted anew since. */
export function figuresBetween(earlier: ReleaseFigures | null, later: ReleaseFigures): readonly OneReleaseFigures[] {
  return later.releases.map((now) => {
    const before = earlier?.releases.find(({ release, since }) => release === now.release && since === now.since);
    if (!before) return now;
    return {
      ...now,
      requests: now.requests - before.requests,
      errors: now.errors - before.errors,
      buckets: now.buckets.map((count, at) => count - (before.buckets[at] ?? 0)),
    };
  });
}
