import { AppError } from "#lib/errors/AppError.ts";
import { branchNameRule, isBranchName, mostBranches } from "../git/branches.ts";
import type { GitDirectory } from "../git/GitDirectory.ts";
import { GitError, runGit } from "../git/runGit.ts";
import { judgeTree } from "./judgeTree.ts";
import type { PushUpdate } from "./PushUpdate.ts";

/** What is said of a push: `lines` are printed to whoever pushes, `accepted` decides. */
export interface Judgement {
  readonly accepted: boolean;
  readonly lines: readonly string[];
}

const heads = "refs/heads/";
const mostUpdates = 50;
const mostTags = 2000;
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
  const crowded = await judgeNames(updates, kept);
  if (crowded) return crowded;
  const judged: Judgement[] = [];
  // Many branches at one commit are one app.
  const sound = new Set<string>();
  for (const update of updates) {
    const judgement = await judgeUpdate(update, { directory, sound });
    if (judgement.accepted && update.to && update.name.startsWith(heads)) sound.add(update.to);
    judged.push(judgement);
  }
  return { accepted: judged.every(({ accepted }) => accepted), lines: judged.flatMap(({ lines }) => lines) };
}

/** Names beside those that are there already. */
async function judgeNames(updates: readonly PushUpdate[], kept: GitDirectory): Promise<Judgement | null> {
  const made = updates.filter(({ from, to }) => from === null && to !== null).map(({ name }) => name);
  if (made.length === 0) return null;
  const gone = new Set(updates.filter(({ to }) => to === null).map(({ name }) => name));
  const output = await runGit(kept, ["for-each-ref", "--format=%(refname)"]);
  const left = output
    .toString("utf8")
    .split("\n")
    .filter((name) => name !== "" && !gone.has(name));
  const names = new Map(left.map((name) => [name.toLowerCase(), name]));
  for (const name of made) {
    const alike = names.get(name.toLowerCase());
    // On many machines both would be one file.
    if (alike) return refuse(`${shortName(name)} differs from ${shortName(alike)} in capital letters only.`);
    names.set(name.toLowerCase(), name);
  }
  const count = (folder: string) => [...names.values()].filter((name) => name.startsWith(folder)).length;
  if (count(heads) > mostBranches) {
    return refuse(`A project has at most ${mostBranches} branches. Delete those that are no longer needed.`);
  }
  return count("refs/tags/") > mostTags ? refuse(`A project has at most ${mostTags} tags. Delete some first.`) : null;
}

const shortName = (name: string) => name.replace(/^refs\/(?:heads|tags)\//, "");

async function judgeUpdate(
  { from, to, name }: PushUpdate,
  { directory, sound }: { readonly directory: GitDirectory; readonly sound: ReadonlySet<string> },
): Promise<Judgement> {
  if (name.startsWith("refs/tags/")) return { accepted: true, lines: [] };
  const branch = name.startsWith(heads) ? name.slice(heads.length) : null;
  if (!branch) return refuse(`${name}: push to branches and tags only.`);
  if (!to) return branch === "main" ? refuse("main is the app's own branch and cannot be deleted.") : agree();
  if (!isBranchName(branch)) return refuse(`${branch}: ${branchNameRule}`);
  if (branch === "main" && from && !(await isAncestor(directory, from, to))) {
    return refuse("main only moves forward, so that no saved version is lost. Fetch, merge or rebase, and push again.");
  }
  if (sound.has(to)) return agree();
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
