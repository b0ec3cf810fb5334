import { Logger, runTaskList, type TaskList } from "graphile-worker";
import pg from "pg";
import postgres from "postgres";
import { Engine } from "#server/runtime/engine/Engine.ts";
import { defaultEngineLimits } from "#server/runtime/engine/EngineHost.ts";
import { engineHost } from "#server/runtime/engine/testing/engineHost.ts";
import { median } from "../median.ts";
import { countingModel } from "./benchModel.ts";

const jobs = 5000;
const rounds = 3;

/** Begins to work; answers what ends it. */
type Work = (url: string, perform: () => Promise<void>) => Promise<() => Promise<void>>;

export interface JobRates {
  readonly engine: number;
  /** The same library alone: as it comes, and told to take jobs by the handful. */
  readonly bare: number;
  readonly bareBatched: number;
}

/** Jobs that do nothing, a second: what the engine adds to the library. */
export async function jobRates(url: string): Promise<JobRates> {
  return {
    engine: await rateOf(url, engineWork),
    bare: await rateOf(url, bareWork({})),
    bareBatched: await rateOf(url, bareWork({ localQueue: { size: 32 }, completeJobBatchDelay: 0 })),
  };
}

async function rateOf(url: string, work: Work): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    await sql`truncate graphile_worker._private_jobs`;
    await sql`
      select count(*) from graphile_worker.add_jobs(array(
        select json_populate_recordset(null::graphile_worker.job_spec,
          (select json_agg(json_build_object('identifier', 'bench', 'payload', json_build_object('n', n)))
            from generate_series(1, ${jobs}::int) n))))`;
    let done = 0;
    const all = Promise.withResolvers<void>();
    const began = performance.now();
    const end = await work(url, async () => {
      done += 1;
      if (done === jobs) all.resolve();
    });
    await all.promise;
    rates.push(jobs / ((performance.now() - began) / 1000));
    await end();
  }
  await sql.end();
  // The first round is for the machine.
  return median(rates.slice(1));
}

const engineWork: Work = async (url, perform) => {
  const host = engineHost({ bench: { url, model: countingModel } });
  const task = { name: "bench", perform };
  const engine = new Engine({ host, limits: defaultEngineLimits, tasks: { bench: async () => task }, pumps: [] });
  engine.enlist("bench", url);
  return async () => {
    await engine.stop(5);
    await host[Symbol.asyncDispose]();
  };
};

function bareWork(worker: object): Work {
  return async (url, perform) => {
    const pool = new pg.Pool({ connectionString: url, max: defaultEngineLimits.jobs + 1 });
    pool.on("error", () => {}).on("connect", (client) => client.on("error", () => {}));
    const tasks: TaskList = { bench: perform };
    const logger = new Logger(() => () => {});
    const options = { logger, noHandleSignals: true, concurrency: defaultEngineLimits.jobs, preset: { worker } };
    const workers = runTaskList(options, tasks, pool);
    return async () => {
      await workers.gracefulShutdown();
      await pool.end();
    };
  };
}
