import { startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { startStage } from "#server/features/deployments/testing/startStage.ts";
import { isGood, type Told } from "#tests/load/ConstantLoad.ts";
import { type Act, ship } from "#tests/load/ship.ts";
import { testServerVariable } from "#tests/support/postgres.ts";
import { startBenchServer } from "../benchServer.ts";
import { table } from "../table.ts";

const rate = Number(process.env.BENCH_RATE ?? 200);
const between = 1000 * Number(process.env.BENCH_SECONDS ?? 5);

/**
 * An app's life under a constant load, as people drive it: control plane, job engine, runtime and PostgreSQL are real and
 * share this machine with whoever asks. How many requests failed, and how long what people wait for took.
 */
export async function benchShip(): Promise<void> {
  await using server = await startBenchServer();
  process.env[testServerVariable] = server.url;
  await using stage = await startStage(await startRuntimeProcess());
  const { acts, told } = await ship(stage, { rate, pauseMilliseconds: between, stepMinutes: between / 60_000 });
  const failed = told.filter((one) => !isGood(one));
  const rows = acts.map((act) => [act.name, wall(act), ...latencies(told, act), String(failedIn(failed, act))]);
  console.log(`\nShipping under ${rate} requests a second: ${told.length} requests, ${failed.length} failed\n`);
  console.log(table([["", "ms", "requests", "p50 ms", "p99 ms", "sent late p99 ms", "failed"], ...rows]));
  for (const { asked, status, text } of failed.slice(0, 5)) console.log(asked.method, asked.path, status, text);
}

const wall = ({ began, ended }: Act) => (ended - began).toFixed(0);

const isWithin = (told: Told, { began, ended }: Act) => told.ended >= began && told.began <= ended;

const failedIn = (failed: readonly Told[], act: Act) => failed.filter((one) => isWithin(one, act)).length;

/** Of the requests under way meanwhile; how late they were sent tells how much the machine is short of. */
function latencies(told: readonly Told[], act: Act): readonly string[] {
  const within = told.filter((one) => isWithin(one, act));
  const times = within.map(({ began, ended }) => ended - began);
  const late = within.map(({ due, began }) => began - due);
  return [String(within.length), quantile(times, 0.5), quantile(times, 0.99), quantile(late, 0.99)];
}

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]?.toFixed(1) ?? "-";
}
