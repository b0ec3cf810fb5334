import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { root } from "../root.ts";

const run = promisify(execFile);

/**
 * Builds the command line program into a package for npm that depends on nothing; `folder` is made anew. Answers the
 * path of the packed package, `gantry.tgz`.
 */
export async function bundleCli(folder: string, version: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const bundle = await rolldown({
    cwd: root,
    input: join(root, "scripts/cli/main.ts"),
    platform: "node",
    logLevel: "silent",
  });
  await bundle.write({
    file: join(folder, "program.mjs"),
    format: "esm",
    codeSplitting: false,
    // Names stay, so that an error's stack says something.
    minify: { mangle: false, compress: true, codegen: false },
  });
  await bundle.close();
  await copyFile(join(root, "scripts/cli/start.mjs"), join(folder, "gantry.mjs"));
  await chmod(join(folder, "gantry.mjs"), 0o755);
  const manifest = {
    name: "gantry",
    version,
    description: "Build, check and ship the apps of a Gantry installation from the command line.",
    license: "UNLICENSED",
    type: "module",
    bin: { gantry: "gantry.mjs" },
    files: ["gantry.mjs", "program.mjs"],
    engines: { node: ">=24" },
  };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: folder });
  const packed = join(folder, "gantry.tgz");
  await rename(join(folder, `gantry-${version}.tgz`), packed);
  return packed;
}
