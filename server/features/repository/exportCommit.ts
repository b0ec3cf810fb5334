import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "../../env.ts";
import { type GitDirectory, withSettings } from "./git/GitDirectory.ts";
import { type Author, importCommit } from "./git/importCommit.ts";
import { initialiseRepository } from "./git/initialise.ts";
import { runGit } from "./git/runGit.ts";
import { directoryAt, openRepository } from "./repositoryFolder.ts";

/** A copy of a project's repository with all its branches, and one commit more on one of them. */
export interface ExportedRepository {
  /** Its folder is the `.git` of `folder`, which has no files of its own before `checkOut`. */
  readonly directory: GitDirectory;
  readonly folder: string;
  readonly commit: string;
  /** Puts the files of the commit into the folder. */
  checkOut(): Promise<void>;
}

/** Makes such a copy below the data folder; `remove` takes it away again. The project's own repository stays as it is. */
export async function exportCommit(given: {
  readonly projectId: string;
  /** Of the folder. */
  readonly name: string;
  readonly branch: string;
  readonly parent: string;
  /** By path; written over what is there. */
  readonly files: ReadonlyMap<string, string>;
  readonly author: Author;
  readonly message: string;
}): Promise<ExportedRepository & { remove(): Promise<void> }> {
  const { projectId, name, branch, parent, files, author, message } = given;
  const source = await openRepository(projectId);
  const all = resolve(env().GANTRY_DATA, "exports");
  await removeAbandoned(all);
  const place = join(all, crypto.randomUUID());
  const remove = () => rm(place, { recursive: true, force: true });
  try {
    const folder = join(place, name);
    await mkdir(folder, { recursive: true });
    const path = join(folder, ".git");
    await initialiseRepository(path);
    const directory = directoryAt(path);
    const reading = { path, environment: withSettings(directory, [["safe.directory", source.path]]) };
    const everything = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
    await runGit(reading, ["fetch", "--quiet", source.path, ...everything], { timeout: 300_000 });
    const changes = [...files].map(([file, text]) => ({
      path: file,
      content: Buffer.from(text),
      mode: "100644" as const,
    }));
    const { commit } = await importCommit(directory, { branch, parent, changes, author, message });
    const checkOut = async () => {
      await runGit(directory, ["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
      await runGit(directory, ["config", "core.bare", "false"]);
      const working = { path, environment: { ...directory.environment, GIT_WORK_TREE: folder } };
      await runGit(working, ["reset", "--quiet", "--hard", commit], { timeout: 300_000 });
    };
    return { directory, folder, commit, checkOut, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** In milliseconds; a copy is packed or pushed in far less. */
const abandonedAfter = 3_600_000;

/** What programs left that were killed in between. */
async function removeAbandoned(all: string): Promise<void> {
  for (const name of await readdir(all).catch(() => [])) {
    const place = join(all, name);
    const found = await stat(place).catch(() => null);
    if (found && Date.now() - found.mtimeMs > abandonedAfter) await rm(place, { recursive: true, force: true });
  }
}
