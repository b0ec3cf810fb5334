import { pathToFileURL } from "node:url";
import { say } from "./fail.mjs";
import { installPackages } from "./install.mjs";
import { isNode24, runUnderNode24 } from "./node24.mjs";
import { patchPostgres } from "./patchPostgres.mjs";
import { root } from "./root.mjs";

/** Brings in the packages, among them Node 24, and hands over to a program with these parameters. */
export async function launchProgram(file, parameters, { loud = false } = {}) {
  try {
    await installPackages({ loud });
    patchPostgres();
    const path = decodeURIComponent(new URL(file, root).pathname);
    if (isNode24()) {
      // As if the program had been started by itself.
      process.argv.splice(1, process.argv.length, path, ...parameters);
      await import(pathToFileURL(path).href);
    } else {
      process.exitCode = await runUnderNode24([path, ...parameters]);
    }
  } catch (error) {
    say(error);
    process.exitCode = 1;
  }
}
