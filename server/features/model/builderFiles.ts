import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { isModelFile } from "#lib/model/read/modelFiles.ts";
import type { Sources } from "#lib/model/sources.ts";
import { isTestFile } from "#lib/model/tests/testFiles.ts";

/** Texts that are new or different by path; null for a file that is to go. */
export type ChangedFiles = Readonly<Record<string, string | null>>;

/** The files that the builder shows and writes; whatever else the repository holds it leaves alone. */
function isBuilderFile(path: string): boolean {
  return isModelFile(path) || isTestFile(path) || path === "README.md" || /^seeds\/[^/]+\.json$/.test(path);
}

export function builderFiles(files: Sources): Sources {
  return Object.fromEntries(Object.entries(files).filter(([path]) => isBuilderFile(path)));
}

/** The whole set of files after a change. Throws `invalid_input` where it reaches beyond the builder's files. */
export function applyChanges(files: Sources, changes: ChangedFiles): Sources {
  const fields: FieldError[] = Object.keys(changes)
    .filter((path) => !isBuilderFile(path))
    .map((path) => ({
      field: path,
      rule: "path",
      message: `The builder does not write "${path}". Change it in a clone and push.`,
      allowed: [
        "gantry.config.ts",
        "domain/*.ts",
        "processes/*.ts",
        "functions/*.ts",
        "tests/*.ts",
        "seeds/*.json",
        "README.md",
      ],
    }));
  if (fields.length > 0) throw new AppError("invalid_input", "Some files are not the builder's to change.", { fields });
  const kept = Object.entries(files).filter(([path]) => !Object.hasOwn(changes, path));
  const written = Object.entries(changes).filter((change): change is [string, string] => change[1] !== null);
  return Object.fromEntries([...kept, ...written]);
}

/** What turns one set of files into another. */
export function changedFiles(before: Sources, after: Sources): ChangedFiles {
  const gone = Object.keys(before).filter((path) => !Object.hasOwn(after, path));
  const written = Object.entries(after).filter(([path, text]) => before[path] !== text);
  return Object.fromEntries([...gone.map((path) => [path, null] as const), ...written]);
}
