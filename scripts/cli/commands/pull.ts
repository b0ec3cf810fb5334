import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mergeSources } from "#lib/model/merge/mergeSources.ts";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { branchHere, folderOf } from "../project/folderOf.ts";
import { readCommitFiles } from "../project/readCommitFiles.ts";
import { remoteHere } from "../project/remoteHere.ts";
import { runGit, tryGit } from "../project/runGit.ts";
import { Progress } from "../terminal/Progress.ts";

export interface PullOptions {
  /** Whose side is taken where both changed the same thing; absent: then nothing is merged. */
  readonly take?: "mine" | "theirs";
}

/** Brings what others pushed into the branch; where both went on, the models are merged by what they mean. */
export async function pull({ terminal }: Context, { take }: PullOptions): Promise<void> {
  const folder = await folderOf();
  const branch = await branchHere(folder);
  if (branch === null) throw new CliFailure("No branch is checked out.", { exit: exitCodes.usage });
  const remote = await remoteHere(folder);
  using progress = new Progress(terminal);
  progress.say("Fetching …");
  await runGit(["fetch", "--quiet", "--prune", remote], { folder });
  const theirs = `refs/remotes/${remote}/${branch}`;
  const { behind, ahead } = await distance(folder, theirs);
  const told = (state: "current" | "forwarded" | "merged", sentence: string) => {
    progress[Symbol.dispose]();
    terminal.print(sentence);
    terminal.result({ branch, state, ahead, behind });
  };
  if (behind === 0) return told("current", `${branch} has everything.`);
  if ((await runGit(["status", "--porcelain"], { folder })) !== "") {
    throw new CliFailure(
      "There are changes that are not committed. Push them, or put them away (git stash), then pull.",
      {
        code: "uncommitted",
      },
    );
  }
  if (ahead === 0) {
    await runGit(["merge", "--quiet", "--ff-only", theirs], { folder });
    return told("forwarded", `${branch} has ${behind === 1 ? "a commit" : `${behind} commits`} more.`);
  }
  progress.say("Merging …");
  await merge(folder, { theirs, branch, take });
  told("merged", `${branch} has both: yours and theirs. Push it: gantry push`);
}

async function distance(folder: string, theirs: string): Promise<{ readonly ahead: number; readonly behind: number }> {
  const { code, output } = await tryGit(["rev-list", "--left-right", "--count", `HEAD...${theirs}`], { folder });
  // A branch that was never pushed.
  if (code !== 0) return { ahead: 0, behind: 0 };
  const [ahead = 0, behind = 0] = output.trim().split(/\s+/).map(Number);
  return { ahead, behind };
}

interface Merge {
  readonly theirs: string;
  readonly branch: string;
  readonly take: "mine" | "theirs" | undefined;
}

async function merge(folder: string, { theirs, branch, take }: Merge): Promise<void> {
  const base = (await runGit(["merge-base", "HEAD", theirs], { folder })).trim();
  const [old, ours, other] = [
    await readCommitFiles(folder, base),
    await readCommitFiles(folder, "HEAD"),
    await readCommitFiles(folder, theirs),
  ];
  // Where both changed the same thing, the first of the two is taken.
  const [mine, their] = take === "theirs" ? [other, ours] : [ours, other];
  const { sources, conflicts } = mergeSources({ base: old, mine, theirs: their });
  if (conflicts.length > 0 && take === undefined) {
    const sentences = conflicts.map(({ sentence }) => sentence);
    throw new CliFailure(
      [...sentences, "Both changed the same. Say whose to take: gantry pull --take mine, or --take theirs."].join("\n"),
      { code: "conflict", details: sentences },
    );
  }
  // Git merges what is no text and no model; what it could not is said below.
  await tryGit(["merge", "--no-commit", "--no-ff", "--quiet", theirs], { folder });
  try {
    for (const path of new Set([...Object.keys(ours), ...Object.keys(other)])) {
      const text = sources[path];
      if (text === undefined) await rm(join(folder, path), { force: true });
      else {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      await tryGit(["add", "--all", "--", path], { folder });
    }
    const open = (await runGit(["diff", "--name-only", "--diff-filter=U"], { folder })).trim();
    if (open !== "")
      throw new CliFailure(`Both changed ${open.split("\n").join(", ")}. Merge with git.`, { code: "conflict" });
    await runGit(["commit", "--quiet", "--message", `Merge what others changed on ${branch}`], { folder });
  } catch (error) {
    await tryGit(["merge", "--abort"], { folder });
    throw error;
  }
}
