import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { residentMemory } from "../cpuTime.ts";
import { benchKey, environmentOf, type RuntimeProcess } from "../runtimeProcess.ts";
import { tickingModel } from "./benchModel.ts";
import { quantile } from "./quantiles.ts";

export interface ManyEnvironments {
  /** ms from the moment of their schedules to the ends of their runs. */
  readonly p50: number;
  readonly p99: number;
  readonly last: number;
  /** Connections of the runtime: at most, and once all was done. */
  readonly mostConnections: number;
  readonly restingConnections: number;
  /** MiB of the runtime before the first environment, with all of them before their moment, and after it. */
  readonly memory: readonly [number, number, number];
}

const spare = 1000 * 25;

/** A schedule that is due in very many environments at the same moment. */
export async function manyEnvironments(
  runtime: RuntimeProcess,
  server: string,
  urls: readonly string[],
): Promise<ManyEnvironments> {
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  const connections = async () => {
    const [row] = await admin`
      select count(*)::int as n from pg_stat_activity where application_name = 'gantry-runtime'`;
    return Number(row?.n);
  };
  const before = residentMemory(runtime.pid);
  const { spec: key } = benchKey();
  await intoNextMinute(spare, urls.length * 15);
  for (let at = 0; at < urls.length; at += 8) {
    const some = urls.slice(at, at + 8);
    await Promise.all(
      some.map((databaseUrl, index) =>
        runtime.deploy(environmentOf({ label: `many-${at + index}`, model: tickingModel, databaseUrl, key })),
      ),
    );
  }
  while ((await connections()) > 0) await pause(200);
  const asleep = residentMemory(runtime.pid);
  const moment = await nextMinute();
  let most = 0;
  const taken: number[] = [];
  for (const url of urls) {
    most = Math.max(most, await connections());
    taken.push(await endOf(url, moment));
  }
  while ((await connections()) > 0 && Date.now() < moment + 55_000) await pause(200);
  const resting = await connections();
  const after = residentMemory(runtime.pid);
  await admin.end();
  return {
    p50: quantile(taken, 0.5),
    p99: quantile(taken, 0.99),
    last: Math.max(...taken),
    mostConnections: most,
    restingConnections: resting,
    memory: [before, asleep, after],
  };
}

/** ms after the moment at which the run of that moment ended. */
async function endOf(url: string, moment: number): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    for (;;) {
      const [run] = await sql`
        select (extract(epoch from ended_at) * 1000)::float8 as at from gantry_runs
        where cause_id = ${new Date(moment).toISOString()} and ended_at is not null`;
      if (run) return Number(run.at) - moment;
      await pause(50);
    }
  } finally {
    await sql.end();
  }
}

/** Waits where the rest of this minute is too short for what has to be done before its end. */
async function intoNextMinute(least: number, needed: number): Promise<void> {
  const rest = 60_000 - (Date.now() % 60_000);
  if (rest < Math.min(needed, least)) await pause(rest + 1000);
}

/** The minute that is next, once it has begun. */
async function nextMinute(): Promise<number> {
  const moment = Date.now() - (Date.now() % 60_000) + 60_000;
  await pause(moment - Date.now());
  return moment;
}
