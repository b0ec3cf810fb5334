import { startBenchServer } from "../benchServer.ts";
import { startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";
import { benchDatabases } from "./benchDatabases.ts";
import { countingModel, eventsModel, stepsOfRun, tickingModel } from "./benchModel.ts";
import { jobRates } from "./jobRates.ts";
import { manyEnvironments } from "./manyEnvironments.ts";
import { stepRates } from "./stepRates.ts";
import { tellTimes } from "./tellTimes.ts";

const environments = Number(process.env.BENCH_ENVIRONMENTS ?? 1000);

/** What apps do by themselves: jobs beside those of the library alone, steps of processes, webhooks, very many schedules. */
export async function benchBehaviour(): Promise<void> {
  await using server = await startBenchServer();
  const [counting = ""] = await benchDatabases(server.url, countingModel, 1);
  const jobs = await jobRates(counting);
  console.log(`\nJobs that do nothing, a second\n
${table([
  ["", ""],
  ["engine", jobs.engine.toFixed(0)],
  ["graphile-worker alone, as it comes", jobs.bare.toFixed(0)],
  ["graphile-worker alone, in handfuls", jobs.bareBatched.toFixed(0)],
])}`);

  await using runtime = await startRuntime();
  const steps = await stepRates(runtime, counting);
  console.log(`\nSteps of processes, a second, ${stepsOfRun} in each run: ${steps.toFixed(0)}`);

  const [told = ""] = await benchDatabases(server.url, eventsModel, 1);
  const times = await tellTimes(runtime, told, [
    { perSecond: 1, seconds: 20 },
    { perSecond: 500, seconds: 6 },
  ]);
  const row = (name: string, { p50, p99 }: { readonly p50: number; readonly p99: number }) => [
    name,
    p50.toFixed(1),
    p99.toFixed(1),
  ];
  console.log(`\nFrom the request for a change until it is told, ms\n
${table([
  ["", "p50", "p99"],
  ...times.flatMap(({ perSecond, refused, webhook, subscriber }) => [
    row(`${perSecond}/s, webhook (${refused} changes refused)`, webhook),
    row(`${perSecond}/s, subscriber`, subscriber),
  ]),
])}`);

  const urls = await benchDatabases(server.url, tickingModel, environments);
  await using another = await startRuntime({ GANTRY_RUNTIME_SLEEP_SECONDS: "4" });
  const many = await manyEnvironments(another, server.url, urls);
  const [alone, asleep, after] = many.memory;
  console.log(`\nA schedule due in ${environments} environments at the same moment\n
${table([
  ["", ""],
  ["ms to the end of its run, p50", many.p50.toFixed(0)],
  ["ms to the end of its run, p99", many.p99.toFixed(0)],
  ["ms until all have ended", many.last.toFixed(0)],
  ["connections, at most", String(many.mostConnections)],
  ["connections, once all is done", String(many.restingConnections)],
  ["MiB of the runtime without environments", alone.toFixed(0)],
  ["MiB with all of them, before", asleep.toFixed(0)],
  ["MiB with all of them, after", after.toFixed(0)],
])}`);
}
