import { runGit } from "./git/runGit.ts";
import { openRepository } from "./repositoryFolder.ts";

/** Writes all branches and tags with their whole history into one file that Git clones from. */
export async function bundleRepository(projectId: string, file: string): Promise<void> {
  const directory = await openRepository(projectId);
  await runGit(directory, ["bundle", "create", "--quiet", file, "HEAD", "--branches", "--tags"], { timeout: 600_000 });
}
