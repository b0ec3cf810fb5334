import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";
import type { Place } from "./Place.ts";
import { runGit } from "./runGit.ts";

/** Clones a project into a folder that is not there yet or is empty; git asks this program for the token from then on. */
export async function cloneProject({ url, organisation, project }: Place, folder: string): Promise<string> {
  const path = resolve(folder);
  const found = await readdir(path).catch(() => []);
  if (found.length > 0) {
    throw new CliFailure(`${path} is not empty. Choose another folder.`, { exit: exitCodes.usage, code: "not_empty" });
  }
  const key = `credential.${new URL(url).origin}.helper`;
  // The empty one takes away helpers of the machine, which would keep the token a second time.
  const settings = ["-c", `${key}=`, "-c", `${key}=${helper()}`];
  await runGit(["clone", ...settings, "--quiet", `${url}/git/${organisation}/${project}.git`, path]);
  return path;
}

/** This program as it was started, for a shell. */
function helper(): string {
  const [node = "node", script = ""] = process.argv;
  return `!${[node, script].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ")} credential`;
}
