import { z } from "zod";
import { printTests } from "#lib/model/tests/printTests.ts";
import { projectProcedure, router } from "../../trpc/init.ts";
import { branchTests } from "./branchTests.ts";
import { branchCoverage } from "./coverage.ts";
import { acceptEdited, acceptProposals, rejectProposal, removeTest, saveTest, unrejectProposal } from "./decide.ts";
import { lastResults } from "./lastResults.ts";
import { openProposals } from "./openProposals.ts";
import { readTestCode } from "./readTestCode.ts";

/** A project's procedure about one of its branches. */
const branchProcedure = projectProcedure.input(z.object({ branch: z.string().min(1).max(200).default("main") }));

const code = z.string().max(200_000);
const proposal = z.string().regex(/^[0-9a-z]{1,20}$/);
const named = z.object({ file: z.string().regex(/^[a-z][A-Za-z0-9]{0,99}$/), name: z.string().min(1).max(200) });

export const testsRouter = router({
  /** The vetted tests of a branch, file by file, with what is wrong with them and how the last deployment's ran. */
  get: branchProcedure.query(async ({ ctx, input: { branch } }) => {
    const at = { projectId: ctx.project.id, branch };
    const [{ commit, files, problems, model }, last] = await Promise.all([branchTests(at), lastResults(ctx.db, at)]);
    const told = problems.map(({ file, message, severity, range }) => ({
      file,
      message,
      severity,
      line: range.start.line,
    }));
    return {
      commit,
      isSound: model !== null,
      files: files.map(({ name, describe = null, tests }) => ({
        name,
        describe,
        tests: tests.map((test) => ({ test, code: printTests({ tests: [test] }) })),
      })),
      problems: told,
      last,
    };
  }),

  /** What the model suggests and nobody has decided on, what was rejected, and parts for which there is no test. */
  proposals: branchProcedure.query(async ({ ctx, input: { branch } }) => {
    const { open, rejected, unsupported } = await openProposals(ctx.db, { projectId: ctx.project.id, branch });
    return { open, rejected, unsupported };
  }),

  /** Takes proposals over as they are, as one commit. */
  accept: branchProcedure
    .input(z.object({ ids: z.array(proposal).min(1).max(500) }))
    .mutation(({ ctx, input: { branch, ids } }) => {
      ctx.audit({ target: testsOf(ctx.project, branch), after: { accepted: ids } });
      return acceptProposals(ctx.db, { project: ctx.project, user: ctx.user, branch }, ids);
    }),

  /** Takes one over as it was changed; `code` is a file with that one test. */
  acceptEdited: branchProcedure
    .input(z.object({ id: proposal, code }))
    .mutation(({ ctx, input: { branch, ...edited } }) => {
      ctx.audit({ target: testsOf(ctx.project, branch), after: { accepted: [edited.id], code: edited.code } });
      return acceptEdited(ctx.db, { project: ctx.project, user: ctx.user, branch }, edited);
    }),

  reject: projectProcedure
    .input(z.object({ id: proposal, reason: z.string().trim().max(500).optional() }))
    .mutation(({ ctx, input: { id, reason } }) => {
      ctx.audit({ after: { rejected: id, reason } });
      return rejectProposal(ctx.db, { project: ctx.project, user: ctx.user, id, reason });
    }),

  unreject: projectProcedure.input(z.object({ id: proposal })).mutation(({ ctx, input: { id } }) => {
    ctx.audit({ before: { rejected: id } });
    return unrejectProposal(ctx.db, { project: ctx.project, id });
  }),

  /** What is wrong with a file of one test, as an editor holds it. */
  check: branchProcedure.input(z.object({ code })).query(async ({ ctx, input: { branch, code: text } }) => {
    const { model } = await branchTests({ projectId: ctx.project.id, branch });
    return readTestCode(text, model);
  }),

  save: branchProcedure.input(named.extend({ code })).mutation(({ ctx, input: { branch, ...edited } }) => {
    const { file, name, code } = edited;
    ctx.audit({ target: testsOf(ctx.project, branch), after: { file, name, code } });
    return saveTest(ctx.db, { project: ctx.project, user: ctx.user, branch }, edited);
  }),

  remove: branchProcedure.input(named).mutation(({ ctx, input: { branch, ...test } }) => {
    const { file, name } = test;
    ctx.audit({ target: testsOf(ctx.project, branch), before: { file, name } });
    return removeTest(ctx.db, { project: ctx.project, user: ctx.user, branch }, test);
  }),

  /** What the tests would miss if the model changed; asked again until it is worked out. */
  coverage: branchProcedure.query(({ ctx, input: { branch } }) =>
    branchCoverage({ projectId: ctx.project.id, branch }),
  ),
});

function testsOf({ slug }: { readonly slug: string }, branch: string): string {
  return `tests on branch ${branch} of project ${slug}`;
}
