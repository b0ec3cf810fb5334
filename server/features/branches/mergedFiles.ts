import type { Sources } from "#lib/model/sources.ts";
import { pairOf, readFiles, treesOf } from "../repository/service.ts";
import { type Names, stateOf } from "./compare.ts";
import { mergeTrees, type Resolutions } from "./mergeTrees.ts";

/**
 * The files of `into` as they are, and as a merge of `from` would make them; where something is undecided, as on `from`.
 * Null for branches that cannot be merged.
 */
export async function mergedFiles(
  projectId: string,
  names: Names,
  resolutions: Resolutions = {},
): Promise<{ readonly before: Sources; readonly after: Sources } | null> {
  const pair = await pairOf(projectId, names);
  const { base, from, into } = pair;
  const before = (await readFiles(projectId, into.commit)).files;
  const state = stateOf(pair);
  if (base === null || state === "unrelated") return null;
  if (state === "same" || state === "merged") return { before, after: before };
  if (state === "fastForward") return { before, after: (await readFiles(projectId, from.commit)).files };
  const trees = await treesOf(projectId, { base, from: from.commit, into: into.commit });
  return { before, after: mergeTrees(trees, { names, resolutions }).files };
}
