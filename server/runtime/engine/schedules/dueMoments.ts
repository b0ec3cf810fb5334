import type { ScheduleStart } from "#lib/model/processTypes.ts";
import { lastOccurrence, nextOccurrence, occurrences } from "./occurrences.ts";

export interface Due {
  /** Those that begin a run. */
  readonly moments: readonly Date[];
  /** Up to here nothing is left to do. */
  readonly upTo: Date;
  /** Whether there are more moments, which are due as well. */
  readonly isMore: boolean;
}

/** A moment that is no older is on time: a runtime was started anew, or had much to do. */
const lateMilliseconds = 300_000;
/** Runs begun in one transaction. */
const most = 100;

/** What a schedule has to begin now, where all up to `since` has been seen to; null when nothing. */
export function dueMoments(start: ScheduleStart, since: Date, now: Date): Due | null {
  if (nextOccurrence(start, since) > now) return null;
  const last = lastOccurrence(start, now);
  if (start.missed === undefined) {
    const isLate = now.getTime() - last.getTime() > lateMilliseconds;
    return { moments: isLate ? [] : [last], upTo: last, isMore: false };
  }
  switch (start.missed) {
    case "each": {
      const moments = occurrences(start, { after: since, until: now, most });
      const upTo = moments.at(-1) ?? last;
      return { moments, upTo, isMore: upTo < last };
    }
    case "once":
      return { moments: [last], upTo: last, isMore: false };
  }
}
