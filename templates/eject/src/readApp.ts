import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { Model } from "#lib/model/types.ts";

/** The folders and files that the app is written in (README.md). */
const parts = ["domain", "processes", "functions", "operations", "tests", "seeds"];

export interface AppSources {
  readonly model: Model;
  readonly files: Sources;
}

/** Reads the app's model from its files. Throws with every problem and its place. */
export async function readApp(folder = "."): Promise<AppSources> {
  const files: Record<string, string> = {
    "gantry.config.ts": await readFile(join(folder, "gantry.config.ts"), "utf8"),
  };
  for (const part of parts) {
    const names = await readdir(join(folder, part)).catch(() => []);
    for (const name of names.sort()) files[`${part}/${name}`] = await readFile(join(folder, part, name), "utf8");
  }
  const { model, problems } = readModel(files);
  if (model) return { model, files };
  const lines = problems.map(
    ({ file, range, message }) => `${file}:${range.start.line}:${range.start.column} ${message}`,
  );
  throw new Error(`The app's files have problems.\n${lines.join("\n")}`);
}
