import { and, eq } from "drizzle-orm";
import { rejectedTests } from "#db/schema/rejectedTests.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { AppTest, TestFile } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import type { Proposal } from "#lib/vetting/propose/Proposal.ts";
import { proposeTests } from "#lib/vetting/propose/proposeTests.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import type { Project } from "../projects/service.ts";
import { branchTests, requireModel } from "./branchTests.ts";
import { changeTests } from "./changeTests.ts";
import { requireTest } from "./readTestCode.ts";

export interface Deciding {
  readonly project: Project;
  readonly user: SessionUser;
  readonly branch: string;
}

/** Takes proposals over as they are, as one commit. */
export async function acceptProposals(
  db: Connection,
  at: Deciding,
  ids: readonly string[],
): Promise<{ commit: string; accepted: number }> {
  let accepted: readonly Proposal[] = [];
  const { model } = await branchTests({ projectId: at.project.id, branch: at.branch });
  const wanted = proposalsOf(requireModel({ model }), ids);
  const { commit } = await changeTests(db, {
    ...at,
    message: messageOf(wanted.map(({ test }) => test.name)),
    change: (tests) => {
      accepted = proposalsOf(requireModel(tests), ids);
      return added(tests.files, accepted);
    },
  });
  return { commit, accepted: accepted.length };
}

/** Takes one over as somebody has changed it. */
export async function acceptEdited(
  db: Connection,
  at: Deciding,
  { id, code }: { readonly id: string; readonly code: string },
): Promise<{ commit: string }> {
  let kept: AppTest | null = null;
  let proposed: Proposal | undefined;
  const saved = await changeTests(db, {
    ...at,
    message: messageOf(["edited before it was accepted"]),
    change: (tests) => {
      const model = requireModel(tests);
      [proposed] = proposalsOf(model, [id]);
      const test = requireTest(code, model);
      kept = test;
      return proposed ? added(tests.files, [{ file: proposed.file, test }]) : new Map();
    },
  });
  // Under another name it could not be told that the proposal was taken.
  if (proposed && kept && (kept as AppTest).name !== proposed.test.name) {
    await rejectProposal(db, { project: at.project, user: at.user, id, reason: "Accepted with changes." });
  }
  return saved;
}

/** Throws `not_found` where the model no longer proposes one of them. */
function proposalsOf(model: Model, ids: readonly string[]): readonly Proposal[] {
  const byId = new Map(proposeTests(model).proposals.map((proposal) => [proposal.id, proposal]));
  return ids.map((id) => {
    const proposal = byId.get(id);
    if (!proposal)
      throw new AppError("not_found", "The model has changed, and this is no longer proposed. Look again.");
    return proposal;
  });
}

function added(
  files: readonly TestFile[],
  more: readonly Pick<Proposal, "file" | "test">[],
): ReadonlyMap<string, readonly AppTest[]> {
  const changed = new Map<string, readonly AppTest[]>();
  for (const { file, test } of more) {
    const there = changed.get(file) ?? files.find(({ name }) => name === file)?.tests ?? [];
    if (there.some(({ name }) => name === test.name)) {
      throw new AppError("conflict", `There is a test “${test.name}” already.`);
    }
    changed.set(file, [...there, test]);
  }
  return changed;
}

function messageOf(names: readonly string[]): string {
  const [first] = names;
  return names.length === 1
    ? `Accept a test: ${first}`
    : `Accept ${names.length} tests\n\n${names.map((name) => `- ${name}`).join("\n")}`;
}

export interface Rejection {
  readonly project: Project;
  readonly user: SessionUser;
  readonly id: string;
  readonly reason?: string | undefined;
}

/** It is not proposed again until somebody takes that back. */
export async function rejectProposal(db: Connection, { project, user, id, reason }: Rejection): Promise<void> {
  const values = { projectId: project.id, proposal: id, reason: reason ?? null, userId: user.id };
  const target = [rejectedTests.projectId, rejectedTests.proposal];
  await db
    .insert(rejectedTests)
    .values(values)
    .onConflictDoUpdate({ target, set: { reason: values.reason, userId: user.id } });
}

export async function unrejectProposal(
  db: Connection,
  { project, id }: Pick<Rejection, "project" | "id">,
): Promise<void> {
  await db.delete(rejectedTests).where(and(eq(rejectedTests.projectId, project.id), eq(rejectedTests.proposal, id)));
}

export interface Named {
  /** camelCase name of its file. */
  readonly file: string;
  readonly name: string;
}

/** Puts another test in the place of one. */
export function saveTest(
  db: Connection,
  at: Deciding,
  { file, name, code }: Named & { readonly code: string },
): Promise<{ commit: string }> {
  return changeTests(db, {
    ...at,
    message: `Change a test: ${name}`,
    change: (tests) => {
      const there = testsWith(tests.files, { file, name });
      const test = requireTest(code, tests.model);
      if (test.name !== name && there.some((other) => other.name === test.name)) {
        throw new AppError("conflict", `There is a test “${test.name}” already.`);
      }
      return new Map([[file, there.map((other) => (other.name === name ? test : other))]]);
    },
  });
}

export function removeTest(db: Connection, at: Deciding, { file, name }: Named): Promise<{ commit: string }> {
  return changeTests(db, {
    ...at,
    message: `Remove a test: ${name}`,
    change: ({ files }) => new Map([[file, testsWith(files, { file, name }).filter((test) => test.name !== name)]]),
  });
}

function testsWith(files: readonly TestFile[], { file, name }: Named): readonly AppTest[] {
  const found = files.find((each) => each.name === file)?.tests ?? [];
  if (!found.some((test) => test.name === name)) throw new AppError("not_found", "There is no such test (any more).");
  return found;
}
