import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";
import { placeOfRemote } from "./Place.ts";
import { tryGit } from "./runGit.ts";

/** Name of the remote that is a project of Gantry: `gantry`, else `origin`. */
export async function remoteHere(folder: string): Promise<string> {
  for (const name of ["gantry", "origin"]) {
    const { code, output } = await tryGit(["remote", "get-url", name], { folder });
    if (code === 0 && placeOfRemote(output.trim())) return name;
  }
  throw new CliFailure("This folder is no clone of a project. Make one: gantry clone organisation/name", {
    exit: exitCodes.usage,
    code: "no_project",
  });
}
