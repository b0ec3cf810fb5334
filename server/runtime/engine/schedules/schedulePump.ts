import type { Environment } from "../../host/Environment.ts";
import { logDefect } from "../../log.ts";
import { startRun } from "../../processes/startRun.ts";
import type { Pump } from "../Work.ts";
import { dueMoments } from "./dueMoments.ts";
import { type KnownSchedule, knownSchedules, scheduledInput } from "./knownSchedules.ts";
import { nextOccurrence } from "./occurrences.ts";
import { lookAtSchedules, moveSchedule, noteSchedules, takeSchedule } from "./scheduleRows.ts";

/** When each release of an environment has its next moment, in ms of this process's clock: until then nothing is asked. */
const nextOf = new WeakMap<Environment, number>();
/** A database's clock is trusted for so long. */
const longest = 3_600_000;

/** Begins runs at the moments of their schedules, each once whatever number of runtimes there are. */
export const schedulePump: Pump = {
  name: "schedules",
  // What is due is known by the moment at which it is.
  waiting: "false",
  isNeeded: ({ app }) => knownSchedules(app).length > 0,
  async run(environment) {
    const known = nextOf.get(environment);
    if (known !== undefined && known > Date.now()) return new Date(known);
    const next = Date.now() + Math.min(await beginDue(environment, known === undefined), longest);
    nextOf.set(environment, next);
    return new Date(next);
  },
};

/** Begins what is due; answers in how many milliseconds to come back. */
async function beginDue(environment: Environment, isFirst: boolean): Promise<number> {
  const { app, database, spec } = environment;
  const schedules = knownSchedules(app);
  const rows = await database.own(async (sql) => {
    const names = schedules.map(({ name }) => name);
    if (isFirst) await noteSchedules(sql, names, spec.release);
    return lookAtSchedules(sql);
  });
  const waits: number[] = [];
  for (const schedule of schedules) {
    const row = rows.get(schedule.name);
    // Another release has forgotten it.
    if (!row) continue;
    try {
      const isDue = nextOccurrence(schedule.start, row.at) <= row.now;
      if (isDue && (await begin(environment, schedule))) waits.push(0);
      waits.push(nextOccurrence(schedule.start, row.now).getTime() - row.now.getTime());
    } catch (error) {
      logDefect("A schedule could not begin its run.", error, { environment: spec.id, process: schedule.process.name });
      waits.push(60_000);
    }
  }
  return Math.min(...waits, longest);
}

/** The runs of one schedule and the note that they were begun are one transaction. True where there are more. */
async function begin(environment: Environment, schedule: KnownSchedule): Promise<boolean> {
  const { database, engine } = environment;
  const { name, process, start } = schedule;
  return database.own(async (sql) => {
    const row = await takeSchedule(sql, name);
    const due = row && dueMoments(start, row.at, row.now);
    if (!due) return false;
    for (const moment of due.moments) {
      const at = moment.toISOString();
      const cause = { kind: "schedule", id: at, depth: 0 } as const;
      const input = scheduledInput(schedule, moment, row.now);
      await startRun(sql, { environment, start: { process: process.name, input, cause, key: `${name} ${at}` } });
    }
    await moveSchedule(sql, name, due.upTo);
    if (due.moments.length > 0) database.afterCommit(sql, engine.poke);
    return due.isMore;
  });
}
