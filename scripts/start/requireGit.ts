import { spawnSync } from "node:child_process";
import { Failure } from "../Failure.ts";

/** Every app's model lives in a Git repository, which the system's own Git keeps. */
export function requireGit(): void {
  if (spawnSync("git", ["--version"]).status === 0) return;
  const how =
    process.platform === "darwin" ? "xcode-select --install" : "apt-get install git (or your system's own way)";
  throw new Failure(`Gantry needs Git and there is no “git” on the PATH: ${how}.`);
}
