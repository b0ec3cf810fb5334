import { ejectedFiles } from "#lib/codegen/eject/ejectedFiles.ts";
import type { Model } from "#lib/model/types.ts";
import { gantryModule } from "#lib/model/typings/gantryModule.ts";
import { ejectedPackage } from "./ejectedPackage.ts";
import { assetsBelow, EngineReader, type EngineSources } from "./engine/EngineReader.ts";

const entries = [
  ...["main", "migrate", "key", "writeRoutes"].map((name) => `templates/eject/src/${name}.ts`),
  "templates/eject/test/app.test.ts",
  // The PostgreSQL client has faults that are mended wherever it is installed.
  "scripts/launch/patchPostgres.mjs",
];

/** Sources do not change under a running program. */
let engine: Promise<EngineSources> | null = null;

async function readEngine(root: string): Promise<EngineSources> {
  const assets = await assetsBelow(root, "server/runtime");
  return await new EngineReader(root).read([...entries, ...assets]);
}

/**
 * The files that make an app a program of its own, by their paths: the engine's sources, and what is made for its
 * model. `root` is the folder of Gantry's own sources.
 */
export async function ejectFiles(
  model: Model,
  { root, name, release }: { readonly root: string; readonly name: string; readonly release: number },
): Promise<ReadonlyMap<string, string>> {
  engine ??= readEngine(root);
  const { files, packages } = await engine.catch((error: unknown) => {
    engine = null;
    throw error;
  });
  const own = await ejectedPackage(root, { name, release, imported: packages });
  return new Map([...files, ["gantry.d.ts", gantryModule], ...Object.entries(ejectedFiles(model, own))]);
}
