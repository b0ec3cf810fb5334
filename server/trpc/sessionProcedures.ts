import { AppError } from "#lib/errors/AppError.ts";
import { isFresh } from "../features/sessions/service.ts";
import { publicProcedure, userProcedure } from "./init.ts";

/** Anyone in a browser, which cookies can be given to: `ctx.browser`. */
export const browserProcedure = publicProcedure.use(({ ctx, next }) => {
  const { browser } = ctx;
  if (!browser) throw new AppError("forbidden", "Do this in the browser.");
  return next({ ctx: { browser } });
});

/** Someone signed in in a browser: `ctx.sessionId`. */
export const sessionProcedure = userProcedure.use(({ ctx, next }) => {
  const { by, credentialId } = ctx.who;
  if (by !== "session" || credentialId === null) throw new AppError("forbidden", "Do this in the browser, signed in.");
  return next({ ctx: { sessionId: credentialId } });
});

/** Someone who has shown within ten minutes that it is them, for what a browser left open must not give away. */
export const freshProcedure = sessionProcedure.use(async ({ ctx, next }) => {
  if (!(await isFresh(ctx.system, ctx.sessionId))) {
    throw new AppError("proof_required", "Show once more that it is you.");
  }
  return next();
});
