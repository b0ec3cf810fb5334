import type { Deprecation } from "#lib/model/types.ts";

const none: readonly string[] = [];

/**
 * `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) of a request that names deprecated fields, names and values in turn:
 * the day on which the first of them was deprecated and the first on which one may go.
 */
export function deprecationHeaders(deprecations: Iterable<Deprecation>): readonly string[] {
  const all = [...deprecations];
  if (all.length === 0) return none;
  const [since] = all.map((deprecation) => deprecation.since).sort();
  const [until] = all.flatMap((deprecation) => deprecation.until ?? []).sort();
  return [
    ...(since === undefined ? [] : ["deprecation", `@${startOf(since).getTime() / 1000}`]),
    ...(until === undefined ? [] : ["sunset", startOf(until).toUTCString()]),
  ];
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
