import { describeChange } from "#lib/model/diff/describeChange.ts";
import { diffModels } from "#lib/model/diff/diffModels.ts";
import { isModelFile } from "#lib/model/read/modelFiles.ts";
import type { Model } from "#lib/model/types.ts";
import type { ChangedFiles } from "../state/changedFiles.ts";

/**
 * What is not saved yet, as sentences: changes of the model, then files that changed without changing the model (comments,
 * seeds, the readme).
 */
export function unsavedChanges(before: Model, after: Model, files: ChangedFiles): readonly string[] {
  const changes = diffModels(before, after).map(describeChange);
  const paths = Object.keys(files);
  const beside = paths.filter((path) => !isModelFile(path));
  const told = changes.length > 0 ? beside : paths;
  return [...changes, ...told.map((path) => fileSentence(path, files[path] ?? null))];
}

function fileSentence(path: string, text: string | null): string {
  return text === null ? `${path} is gone` : `${path} has another text`;
}
