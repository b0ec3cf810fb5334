import { z } from "zod";
import { router } from "../../trpc/init.ts";
import { sessionProcedure } from "../../trpc/sessionProcedures.ts";
import { describeBrowser } from "./describeBrowser.ts";
import { endSession, endSessionsOf, listSessions } from "./service.ts";

/** The browsers that somebody is signed in with. */
export const sessionsRouter = router({
  /** `{id, browser, address, method, secondFactor, createdAt, lastSeenAt, expiresAt, isThis}` of each, this one first. */
  list: sessionProcedure.query(async ({ ctx }) => {
    const sessions = await listSessions(ctx.system, ctx.user.id);
    const shown = sessions.map(({ id, userAgent, address, method, secondFactorAt, ...rest }) => ({
      id,
      browser: describeBrowser(userAgent),
      address,
      method,
      secondFactor: secondFactorAt !== null,
      createdAt: rest.createdAt,
      lastSeenAt: rest.lastSeenAt,
      expiresAt: rest.expiresAt,
      isThis: id === ctx.sessionId,
    }));
    return shown.sort((one, other) => Number(other.isThis) - Number(one.isThis));
  }),

  end: sessionProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    await endSession(ctx.system, ctx.user.id, input.id);
    return { id: input.id };
  }),

  endOthers: sessionProcedure.mutation(async ({ ctx }) => ({
    ended: await endSessionsOf(ctx.system, ctx.user.id, ctx.sessionId),
  })),
});
