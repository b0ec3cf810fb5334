import { eq } from "drizzle-orm";
import { rejectedTests } from "#db/schema/rejectedTests.ts";
import type { AppTest, TestFile } from "#lib/model/testTypes.ts";
import type { Proposal, Unsupported } from "#lib/vetting/propose/Proposal.ts";
import { proposingSteps } from "#lib/vetting/propose/proposeTests.ts";
import type { Connection } from "../../database.ts";
import { type BranchTests, branchTests, type OnBranch, requireModel } from "./branchTests.ts";
import { inSlices } from "./inSlices.ts";

export interface OpenProposals {
  /** Neither accepted nor rejected. */
  readonly open: readonly Proposal[];
  readonly rejected: readonly { readonly proposal: Proposal; readonly reason: string | null }[];
  readonly unsupported: readonly Unsupported[];
}

/** What is proposed for a branch, and what became of it. */
export async function openProposals(db: Connection, at: OnBranch): Promise<OpenProposals> {
  const tests = await branchTests(at);
  const { proposals, unsupported } = await inSlices(proposingSteps(requireModel(tests)));
  const rows = await db.select().from(rejectedTests).where(eq(rejectedTests.projectId, at.projectId));
  const reasons = new Map(rows.map(({ proposal, reason }) => [proposal, reason]));
  const left = notAccepted(proposals, tests);
  return {
    open: left.filter(({ id }) => !reasons.has(id)),
    rejected: left.flatMap((proposal) => {
      const reason = reasons.get(proposal.id);
      return reason === undefined ? [] : [{ proposal, reason }];
    }),
    unsupported,
  };
}

/** Proposals that no test of the app is: neither by its file and name nor by what it does. */
function notAccepted(proposals: readonly Proposal[], { files }: Pick<BranchTests, "files">): readonly Proposal[] {
  const known = new Set(files.flatMap((file) => file.tests.flatMap((test) => [nameOf(file, test), meaningOf(test)])));
  return proposals.filter(({ file, test }) => !known.has(nameOf({ name: file }, test)) && !known.has(meaningOf(test)));
}

function nameOf({ name: file }: Pick<TestFile, "name">, { name }: AppTest): string {
  return `${file}/${name}`;
}

function meaningOf({ given = [], as, do: deed, expect }: AppTest): string {
  return JSON.stringify([given, as, deed, expect]);
}
