import { logDefect } from "../../log.ts";
import { runGit } from "./git/runGit.ts";
import { openRepository } from "./repositoryFolder.ts";

/** Lets Git pack what has gathered, when it has. Never throws: a repository works unpacked too. */
export async function maintainRepository(projectId: string): Promise<void> {
  try {
    const directory = await openRepository(projectId);
    await runGit(directory, ["gc", "--auto", "--quiet"], { timeout: 600_000 });
  } catch (error) {
    logDefect("A repository could not be packed.", error, { projectId });
  }
}
