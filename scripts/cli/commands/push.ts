import { messageFor } from "#server/features/model/service.ts";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { branchHere, folderOf } from "../project/folderOf.ts";
import { requireSound } from "../project/localProblems.ts";
import { readCommitFiles } from "../project/readCommitFiles.ts";
import { readFolder } from "../project/readFolder.ts";
import { remoteHere } from "../project/remoteHere.ts";
import { runGit } from "../project/runGit.ts";
import { Progress } from "../terminal/Progress.ts";

export interface PushOptions {
  /** Of the commit; absent: what changed, in words. */
  readonly message?: string;
}

/** Checks the app, commits what changed and pushes the branch. */
export async function push({ terminal }: Context, { message }: PushOptions): Promise<void> {
  const folder = await folderOf();
  const branch = await branchHere(folder);
  if (branch === null) {
    throw new CliFailure("No branch is checked out. Make one: git switch -c <name>", { exit: exitCodes.usage });
  }
  const remote = await remoteHere(folder);
  const files = await readFolder(folder);
  requireSound(files, terminal);
  using progress = new Progress(terminal);
  const changed = await runGit(["status", "--porcelain"], { folder });
  if (changed !== "") {
    progress.say("Committing …");
    await runGit(["add", "--all"], { folder });
    const text = message ?? messageFor(await readCommitFiles(folder, "HEAD"), files);
    await runGit(["commit", "--quiet", "--file", "-"], { folder, input: text });
  }
  progress.say(`Pushing ${branch} …`);
  await runGit(["push", "--quiet", "--set-upstream", remote, `HEAD:refs/heads/${branch}`], { folder });
  const commit = (await runGit(["rev-parse", "HEAD"], { folder })).trim();
  progress[Symbol.dispose]();
  terminal.print(`Pushed ${commit.slice(0, 8)} to ${branch}.`);
  terminal.result({ branch, commit, committed: changed !== "" });
}
