import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Model } from "#lib/model/types.ts";

/** The model of an app whose files lie in a folder. */
export async function readApp(folder: string): Promise<Model> {
  const sources: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    sources[relative(folder, path)] = await readFile(path, "utf8");
  }
  const { model, problems } = readModel(sources);
  if (!model) throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join("\n"));
  return model;
}
