#!/usr/bin/env node
// Runs on any Node from 20 on.
import { say } from "./launch/fail.mjs";
import { launchProgram } from "./launch/launchProgram.mjs";

const programs = {
  start: "scripts/start/main.ts",
  dev: "scripts/start/main.ts",
  demo: "scripts/demo/main.ts",
  test: "tests/run/main.ts",
  bench: "tests/bench/main.ts",
  check: "scripts/check/main.ts",
  backup: "scripts/backup/main.ts",
  "rotate-secrets": "scripts/rotate/main.ts",
};

const [command = "", ...rest] = process.argv.slice(2);

if (Object.hasOwn(programs, command)) {
  await launchProgram(programs[command], [command, ...rest], { loud: command === "start" || command === "dev" });
} else {
  say(`Usage: node scripts/launch.mjs <${Object.keys(programs).join("|")}>`);
  process.exitCode = 2;
}
