#!/usr/bin/env node
// The only script that runs on any Node from 20 on: brings in the packages, among them Node 24, and hands over.
import { pathToFileURL } from "node:url";
import { say } from "./launch/fail.mjs";
import { installPackages } from "./launch/install.mjs";
import { isNode24, runUnderNode24 } from "./launch/node24.mjs";
import { patchPostgres } from "./launch/patchPostgres.mjs";
import { root } from "./launch/root.mjs";

const programs = {
  start: "scripts/start/main.ts",
  dev: "scripts/start/main.ts",
  demo: "scripts/demo/main.ts",
  test: "tests/run/main.ts",
  bench: "tests/bench/main.ts",
  check: "scripts/check/main.ts",
  sdk: "scripts/sdk/main.ts",
};

const [command = "", ...rest] = process.argv.slice(2);

try {
  if (!Object.hasOwn(programs, command)) {
    say(`Usage: node scripts/launch.mjs <${Object.keys(programs).join("|")}>`);
    process.exitCode = 2;
  } else {
    await installPackages({ loud: command === "start" || command === "dev" });
    patchPostgres();
    const program = new URL(programs[command], root);
    if (isNode24()) {
      // As if the program had been started by itself, with the command as its first argument.
      process.argv.splice(1, process.argv.length, program.pathname, command, ...rest);
      await import(pathToFileURL(decodeURIComponent(program.pathname)).href);
    } else {
      process.exitCode = await runUnderNode24([decodeURIComponent(program.pathname), command, ...rest]);
    }
  }
} catch (error) {
  say(error);
  process.exitCode = 1;
}
