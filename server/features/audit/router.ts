import { z } from "zod";
import { organisationProcedure, router } from "../../trpc/init.ts";
import { entitlementsOf } from "../plans/service.ts";
import { auditFacets, auditFilter, searchAudit } from "./searchAudit.ts";
import {
  changeStreamSecret,
  endStream,
  moveStream,
  pauseStream,
  startStream,
  streamOf,
  testStream,
} from "./stream/streamSettings.ts";
import { verifyChain } from "./verifyChain.ts";

/** Verified at once, so that each answer takes a second or less. */
const verifiedTogether = 20_000;

const url = z.string().trim().min(1, "Give an address.").max(2000);

export const auditRouter = router({
  /** Newest first. */
  list: organisationProcedure
    .input(
      auditFilter.extend({
        /** Where an older page begins, as `older` of the page before says. */ cursor: z.int().min(1).optional(),
        size: z.int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input: { organisation: _, cursor, ...query } }) =>
      searchAudit({ bound: ctx.db, system: ctx.system }, ctx.organisation.id, { ...query, older: cursor }),
    ),

  /** Whom and what one can look for, for how many days entries are kept, and what the plan has of the rest. */
  facets: organisationProcedure.query(async ({ ctx }) => {
    const { limits, features } = await entitlementsOf(ctx.system, ctx.organisation.id);
    return {
      ...(await auditFacets(ctx.db, ctx.organisation.id)),
      keptDays: limits.auditDays,
      mayExport: features.includes("auditExport"),
      mayStream: features.includes("auditStream"),
    };
  }),

  /** Looks whether the log is as it was written, a part at a time: asked again from `through` until `isComplete`. */
  verify: organisationProcedure
    .input(z.object({ after: z.int().min(0).default(0) }))
    .query(({ ctx, input: { after } }) => verifyChain(ctx.db, ctx.organisation.id, { after, most: verifiedTogether })),

  stream: router({
    /** Null where there is none. */
    get: organisationProcedure.query(({ ctx }) => streamOf(ctx.db, ctx.organisation.id)),

    /** Answers the secret, which is shown this once. */
    start: organisationProcedure
      .input(z.object({ url, from: z.enum(["beginning", "now"]).default("now") }))
      .mutation(async ({ ctx, input: { url, from } }) => {
        ctx.audit({ target: "stream of the audit log", after: { url, from } });
        return await startStream(ctx.db, ctx.organisation.id, { url, from });
      }),

    move: organisationProcedure.input(z.object({ url })).mutation(async ({ ctx, input: { url } }) => {
      const before = await streamOf(ctx.db, ctx.organisation.id);
      await moveStream(ctx.db, ctx.organisation.id, url);
      ctx.audit({ target: "stream of the audit log", before: { url: before?.url }, after: { url } });
      return { url };
    }),

    pause: organisationProcedure
      .input(z.object({ isPaused: z.boolean() }))
      .mutation(async ({ ctx, input: { isPaused } }) => {
        await pauseStream(ctx.db, ctx.organisation.id, isPaused);
        ctx.audit({ target: "stream of the audit log", before: { isPaused: !isPaused }, after: { isPaused } });
        return { isPaused };
      }),

    /** Answers the new secret, which is shown this once. */
    changeSecret: organisationProcedure.mutation(async ({ ctx }) => {
      ctx.audit({ target: "secret of the stream of the audit log" });
      return await changeStreamSecret(ctx.db, ctx.organisation.id);
    }),

    /** Sends a request without entries. */
    test: organisationProcedure.mutation(async ({ ctx }) => {
      ctx.audit({ target: "stream of the audit log" });
      await testStream(ctx.db, ctx.organisation);
      return {};
    }),

    end: organisationProcedure.mutation(async ({ ctx }) => {
      const before = await streamOf(ctx.db, ctx.organisation.id);
      await endStream(ctx.db, ctx.organisation.id);
      ctx.audit({ target: "stream of the audit log", before: { url: before?.url } });
      return {};
    }),
  }),
});
