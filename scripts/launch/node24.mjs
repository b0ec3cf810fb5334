import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Failure } from "./fail.mjs";
import { root } from "./root.mjs";

const bundled = fileURLToPath(new URL(`node_modules/.bin/node${process.platform === "win32" ? ".cmd" : ""}`, root));

export function isNode24() {
  return Number.parseInt(process.versions.node, 10) >= 24;
}

/** Runs a TypeScript program under the Node 24 of the packages; its exit code. */
export async function runUnderNode24(parameters) {
  if (spawnSync(bundled, ["--version"]).status !== 0) {
    throw new Failure(
      `Gantry needs Node 24, this is ${process.versions.node}, and npm has none for ${process.platform} on ${process.arch}: install Node 24 from https://nodejs.org and try again.`,
    );
  }
  // Its own process group: Ctrl-C reaches this process, which passes it on exactly once. The channel tells the
  // program when this process is gone, however it went.
  const child = spawn(bundled, parameters, { stdio: ["inherit", "inherit", "inherit", "ipc"], detached: true });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
