import { describeChange } from "#lib/model/diff/describeChange.ts";
import { diffModels } from "#lib/model/diff/diffModels.ts";
import type { ModelChange } from "#lib/model/diff/ModelChange.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { clauseOf } from "./clauseOf.ts";
import { fileClauses } from "./fileClauses.ts";
import { saveMessage } from "./saveMessage.ts";
import type { ToldChange } from "./ToldChange.ts";

export { type CommitSummary, summary } from "./CommitSummary.ts";
export { requireSoundModel } from "./requireSoundModel.ts";
export type { ToldChange } from "./ToldChange.ts";

/** What lies between two states of an app's files, as sentences: of the model, or of the files where it is the same. */
export function describeChanges(before: Sources, after: Sources): readonly string[] {
  return tellChanges(before, after).map(({ sentence }) => sentence);
}

/** The same with what each of them is about. */
export function tellChanges(before: Sources, after: Sources): readonly ToldChange[] {
  const changes = modelChanges(before, after);
  if (changes.length > 0) return changes.map(told);
  return fileClauses(before, after).map((sentence) => ({ about: null, isAccess: false, sentence }));
}

/** First parts of paths that are no resources. */
const ownRoots: ReadonlySet<string> = new Set(["app", "processes", "functions"]);

const accessSections: ReadonlySet<string> = new Set(["policies", "fieldPolicies", "roles", "users", "auth"]);

function told(change: ModelChange): ToldChange {
  const [about = "app"] = change.path;
  const isAccess = "section" in change && accessSections.has(change.section);
  return { about: ownRoots.has(about) ? null : about, isAccess, sentence: describeChange(change) };
}

/** The message of a commit that takes an app's files from one state to the other. */
export function messageFor(before: Sources, after: Sources): string {
  const changes = modelChanges(before, after);
  if (changes.length > 0) return saveMessage(changes.map(clauseOf), changes.map(describeChange));
  const clauses = fileClauses(before, after);
  return saveMessage(clauses, clauses);
}

function modelChanges(before: Sources, after: Sources): readonly ModelChange[] {
  return diffModels(readModel(before).draft, readModel(after).draft);
}
