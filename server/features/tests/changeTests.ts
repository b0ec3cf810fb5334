import { AppError } from "#lib/errors/AppError.ts";
import { readTestText } from "#lib/model/read/FileReading.ts";
import type { Sources } from "#lib/model/sources.ts";
import { editTests } from "#lib/model/tests/editTests.ts";
import { printTests } from "#lib/model/tests/printTests.ts";
import { isTestFile, testFilePath } from "#lib/model/tests/testFiles.ts";
import type { AppTest } from "#lib/model/testTypes.ts";
import { readTests } from "#lib/plan/tests/readTests.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { type Project, touchProject } from "../projects/service.ts";
import { commitFiles, tellMoved } from "../repository/service.ts";
import { type BranchTests, branchTests } from "./branchTests.ts";

export interface TestChange {
  readonly project: Project;
  readonly user: SessionUser;
  readonly branch: string;
  readonly message: string;
  /** The tests of each file that changes, by its name; an empty list removes the file. */
  readonly change: (tests: BranchTests) => ReadonlyMap<string, readonly AppTest[]>;
}

/** Somebody else may commit at the same time; then the change is made anew on what they left. */
const attempts = 3;

/** Changes the app's tests on a branch, as one commit. All else in the files stays byte for byte. */
export async function changeTests(db: Connection, change: TestChange): Promise<{ readonly commit: string }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await changeOnce(db, change);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict" || attempt === attempts) throw error;
    }
  }
}

async function changeOnce(db: Connection, { project, user, branch, message, change }: TestChange) {
  const tests = await branchTests({ projectId: project.id, branch });
  const { commit: base, sources } = tests;
  const files = withTests(sources, change(tests));
  requireSound(files, tests);
  const author = { name: user.name, email: user.email };
  const { commit } = await commitFiles({ projectId: project.id, branch, base, files, author, message });
  if (commit !== base) {
    await touchProject(db, project.id);
    void tellMoved([{ projectId: project.id, branch, from: base, to: commit, trigger: "save", userId: user.id }]);
  }
  return { commit };
}

function withTests(sources: Sources, changed: ReadonlyMap<string, readonly AppTest[]>): Sources {
  const files = { ...sources };
  for (const [name, tests] of changed) {
    const path = testFilePath(name);
    const text = files[path];
    if (tests.length === 0) delete files[path];
    else files[path] = text === undefined ? printTests({ tests }) : edited(path, text, tests);
  }
  return files;
}

function edited(path: string, text: string, tests: readonly AppTest[]): string {
  const { content, reading } = readTestText(text);
  if (!content || reading.problems.length > 0) {
    throw new AppError("invalid_model", `${path} has errors. Mend them in the code first.`);
  }
  return editTests(path, text, { before: content, after: { ...content, tests } });
}

/** Refuses what a change would break; what was broken before is not its matter. */
function requireSound(files: Sources, { model, problems }: BranchTests): void {
  const known = new Set(problems.map(({ file, message }) => `${file} ${message}`));
  const added = readTests(files, model).problems.filter(
    ({ severity, file, message }) => severity === "error" && isTestFile(file) && !known.has(`${file} ${message}`),
  );
  if (added.length === 0) return;
  throw new AppError("invalid_input", "The test does not fit the app.", {
    fields: added
      .slice(0, 20)
      .map(({ code, message, path }) => ({ field: path.slice(2).join("."), rule: code, message })),
  });
}
