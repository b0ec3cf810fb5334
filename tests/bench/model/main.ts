import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import { planModelSchema } from "#lib/compile/schema/planModelSchema.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Model } from "#lib/model/types.ts";
import { compileSnapshot } from "#server/features/deployments/compileSnapshot.ts";
import { Apps } from "#server/runtime/host/App.ts";
import { readSpec } from "#server/runtime/host/readSpec.ts";
import { benchKey, environmentOf } from "../runtimeProcess.ts";
import { table } from "../table.ts";
import { largeApp } from "./largeApp.ts";

const sizes = [250, 500, 1000, 2000];
const rounds = 5;

/** How long a large model takes from its sources to a snapshot and a schema, and how long a runtime to take it up. */
export async function benchModel(): Promise<void> {
  const rows = [
    ["resources of 20 attributes", "read and verify ms", "compile ms", "both ms", "plan ms", "load in the runtime ms"],
  ];
  const points: (readonly [number, number])[] = [];
  // The first run is slower by what the engine has yet to compile; deploys run in a program that lives on.
  measure(500);
  for (const size of sizes) {
    const samples = Array.from({ length: rounds }, () => measure(size));
    const [read, compile, plan, load] = (["read", "compile", "plan", "load"] as const).map((part) =>
      least(samples.map((sample) => sample[part])),
    ) as [number, number, number, number];
    const both = least(samples.map((sample) => sample.read + sample.compile));
    points.push([size, both]);
    rows.push([String(size), ...[read, compile, both, plan, load].map((time) => time.toFixed(0))]);
  }
  console.log(`\nLarge models, wall time, least of ${rounds}\n\n${table(rows)}`);
  console.log(`\nBoth grow with the number of resources to the power of ${exponent(points).toFixed(2)}.`);
}

interface Sample {
  readonly read: number;
  readonly compile: number;
  /** To find that a database has all that the model asks for. */
  readonly plan: number;
  readonly load: number;
}

let editions = 0;

function measure(size: number): Sample {
  editions += 1;
  const files = largeApp(size, editions);
  const [read, model] = timed(() => verified(files));
  const [compile, [schema]] = timed(() => [modelToSchema(model), compileSnapshot(model)] as const);
  const [plan] = timed(() => planModelSchema(schema, model));
  const { spec: key } = benchKey();
  const text = JSON.stringify(environmentOf({ label: "large", model, databaseUrl: "postgres://localhost/large", key }));
  const [load] = timed(() => {
    const { snapshot } = readSpec(JSON.parse(text));
    return new Apps().take(snapshot).catalog;
  });
  return { read, compile, plan, load };
}

/** What else the machine does can only add to a time. */
function least(times: readonly number[]): number {
  return Math.min(...times);
}

function verified(files: ReturnType<typeof largeApp>): Model {
  const { model, problems } = readModel(files);
  if (!model) throw new Error(`The large app has problems: ${problems[0]?.message}`);
  return model;
}

function timed<Result>(work: () => Result): readonly [number, Result] {
  const began = performance.now();
  const result = work();
  return [performance.now() - began, result];
}

/** The slope of the line through the logarithms of both. */
function exponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([size, time]) => [Math.log(size), Math.log(time)] as const);
  const mean = (place: 0 | 1) => logs.reduce((sum, point) => sum + point[place], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
