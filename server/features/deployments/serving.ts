import { asc, eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { releaseSwitches } from "#db/schema/rollouts.ts";
import type { Connection } from "../../database.ts";
import type { Environment } from "../environments/service.ts";

/** One can go back to what served within so many days. */
const daysKept = 30;
const dayMilliseconds = 24 * 60 * 60_000;

/** When a release has served, all its times together. */
export interface ServedTime {
  readonly milliseconds: number;
  /** Null while it serves. */
  readonly until: Date | null;
}

/** By release, of all that ever served every request of an environment. */
export async function servedTimes(
  db: Connection,
  environment: Pick<Environment, "id" | "release">,
): Promise<ReadonlyMap<number, ServedTime>> {
  const switches = await db
    .select()
    .from(releaseSwitches)
    .where(eq(releaseSwitches.environmentId, environment.id))
    .orderBy(asc(releaseSwitches.id));
  const times = await timesBefore(db, environment, switches[0]?.createdAt ?? new Date());
  for (const [index, { toRelease, createdAt }] of switches.entries()) {
    const until = switches[index + 1]?.createdAt ?? null;
    addTime(times, toRelease, { from: createdAt, until });
  }
  return times;
}

/** Of the releases of before switches were noted: each served from its end until that of the next. */
async function timesBefore(
  db: Connection,
  { id }: Pick<Environment, "id">,
  end: Date,
): Promise<Map<number, ServedTime>> {
  const all = await db
    .select({ release: deployments.release, state: deployments.state, finishedAt: deployments.finishedAt })
    .from(deployments)
    .where(eq(deployments.environmentId, id))
    .orderBy(asc(deployments.release));
  const served = all.flatMap(({ release, state, finishedAt }) =>
    (state === "replaced" || state === "live") && finishedAt && finishedAt < end ? [{ release, finishedAt }] : [],
  );
  const times = new Map<number, ServedTime>();
  for (const [index, { release, finishedAt }] of served.entries()) {
    addTime(times, release, { from: finishedAt, until: served[index + 1]?.finishedAt ?? end });
  }
  return times;
}

function addTime(
  times: Map<number, ServedTime>,
  release: number,
  { from, until }: { readonly from: Date; readonly until: Date | null },
): void {
  const before = times.get(release)?.milliseconds ?? 0;
  times.set(release, { milliseconds: before + ((until ?? new Date()).getTime() - from.getTime()), until });
}

/** Why one cannot go back to a release, as a public sentence; null when one can. */
export function whyNotBack({
  release,
  live,
  times,
}: {
  readonly release: number;
  readonly live: number | null;
  readonly times: ReadonlyMap<number, ServedTime>;
}): string | null {
  if (release === live) return `Release ${release} serves already.`;
  const time = times.get(release);
  if (!time) return `Release ${release} never served.`;
  const age = time.until ? Date.now() - time.until.getTime() : 0;
  if (age > daysKept * dayMilliseconds) {
    return `Release ${release} served more than ${daysKept} days ago. Deploy its commit again instead.`;
  }
  return null;
}
