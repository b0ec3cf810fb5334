import { AppError } from "#lib/errors/AppError.ts";
import { isBranchName } from "../git/branches.ts";
import type { GitDirectory } from "../git/GitDirectory.ts";
import { GitError, runGit } from "../git/runGit.ts";
import { judgeTree } from "./judgeTree.ts";
import type { PushUpdate } from "./PushUpdate.ts";

/** What is said of a push: `lines` are printed to whoever pushes, `accepted` decides. */
export interface Judgement {
  readonly accepted: boolean;
  readonly lines: readonly string[];
}

const mostUpdates = 50;
/** Of all that a repository holds, compressed. In KiB. */
const maxRepository = 1024 * 1024;

/**
 * Whether a push may be taken: every branch must hold an app without errors, and `main` only moves forward.
 * `directory` sees the pushed objects, `kept` those that are there already.
 */
export async function judgePush(
  updates: readonly PushUpdate[],
  { directory, kept }: { readonly directory: GitDirectory; readonly kept: GitDirectory },
): Promise<Judgement> {
  if (updates.length > mostUpdates) return refuse(`Push at most ${mostUpdates} branches and tags at a time.`);
  if (updates.some(({ to }) => to) && (await sizeOf(kept)) > maxRepository) {
    return refuse("The repository is full (1 GiB). Take large files out of its history, or ask for a new one.");
  }
  const judged: Judgement[] = [];
  for (const update of updates) judged.push(await judgeUpdate(update, directory));
  return { accepted: judged.every(({ accepted }) => accepted), lines: judged.flatMap(({ lines }) => lines) };
}

async function judgeUpdate({ from, to, name }: PushUpdate, directory: GitDirectory): Promise<Judgement> {
  if (name.startsWith("refs/tags/")) return { accepted: true, lines: [] };
  const branch = name.startsWith("refs/heads/") ? name.slice("refs/heads/".length) : null;
  if (!branch) return refuse(`${name}: push to branches and tags only.`);
  if (!to) return branch === "main" ? refuse("main is the app's own branch and cannot be deleted.") : agree();
  if (!isBranchName(branch)) return refuse(`${branch}: use letters, digits, and . _ - / in the names of branches.`);
  if (branch === "main" && from && !(await isAncestor(directory, from, to))) {
    return refuse("main only moves forward, so that no saved version is lost. Fetch, merge or rebase, and push again.");
  }
  try {
    return await judgeTree(directory, to, branch);
  } catch (error) {
    if (error instanceof AppError) return refuse(`${branch}: ${error.message}`);
    throw error;
  }
}

function agree(): Judgement {
  return { accepted: true, lines: [] };
}

function refuse(line: string): Judgement {
  return { accepted: false, lines: [line] };
}

async function isAncestor(directory: GitDirectory, older: string, newer: string): Promise<boolean> {
  try {
    await runGit(directory, ["merge-base", "--is-ancestor", older, newer]);
    return true;
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return false;
    throw error;
  }
}

async function sizeOf(directory: GitDirectory): Promise<number> {
  const counts = (await runGit(directory, ["count-objects", "-v"])).toString("latin1");
  const loose = Number(/^size: (\d+)$/m.exec(counts)?.[1]);
  const packed = Number(/^size-pack: (\d+)$/m.exec(counts)?.[1]);
  return loose + packed;
}
