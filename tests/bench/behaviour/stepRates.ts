import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { median } from "../median.ts";
import { benchKey, environmentOf, type RuntimeProcess } from "../runtimeProcess.ts";
import { countingModel, stepsOfRun } from "./benchModel.ts";

const runs = 200;
const rounds = 3;

/** Steps of processes, a second: from the first call to the end of the last run. */
export async function stepRates(runtime: RuntimeProcess, url: string): Promise<number> {
  const { key, spec } = benchKey();
  await runtime.deploy(environmentOf({ label: "steps", model: countingModel, databaseUrl: url, key: spec }));
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now();
    for (let from = 0; from < runs; from += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, at) => call(runtime.app("steps"), key, from + at)));
    }
    for (;;) {
      const [row] = await sql`select count(*)::int as n from gantry_runs where ended_at is not null`;
      if (row?.n === (round + 1) * runs) break;
      await pause(5);
    }
    rates.push((runs * stepsOfRun) / ((performance.now() - began) / 1000));
  }
  const [failed] = await sql`select error from gantry_runs where status <> 'succeeded' limit 1`;
  if (failed) throw new Error(`A run did not succeed: ${failed.error}`);
  await sql.end();
  return median(rates.slice(1));
}

async function call(app: string, key: string, from: number): Promise<void> {
  const response = await fetch(`${app}/processes/count`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ from }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}
