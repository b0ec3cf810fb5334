const minute = 60;
const hour = 60 * minute;

/** Seconds between the attempts: the first comes at once, the last after some three days. */
const pauses = [
  ...[5, 30, 2 * minute, 10 * minute, 30 * minute],
  ...[hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour, 12 * hour, 12 * hour, 24 * hour],
];

export const mostAttempts = pauses.length + 1;

const longestRetryAfter = 24 * hour;
/** So that those that failed together do not come back together. */
const jitter = 0.2;

/** Seconds until the next attempt after so many; null when that was the last. Never sooner than the receiver asked for. */
export function pauseAfter(attempts: number, retryAfter: number | null, random = Math.random()): number | null {
  const pause = pauses[attempts - 1];
  if (pause === undefined) return null;
  const spread = pause * (1 + jitter * (2 * random - 1));
  return Math.max(spread, Math.min(retryAfter ?? 0, longestRetryAfter));
}

/** Seconds of a `Retry-After`: a number, or a date. */
export function readRetryAfter(text: string | undefined, now = Date.now()): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, (at - now) / 1000);
}
