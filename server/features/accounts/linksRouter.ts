import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { signInProviders } from "../../auth/providers.ts";
import { router } from "../../trpc/init.ts";
import { freshProcedure, sessionProcedure } from "../../trpc/sessionProcedures.ts";
import { beginLinking, listLinks, removeLink } from "./links.ts";

/** Accounts elsewhere (Google, GitHub …) by which a person signs in. */
export const linksRouter = router({
  /** `{providers: {key, name}, links: {id, provider, email, createdAt, lastUsedAt}}`. */
  list: sessionProcedure.query(async ({ ctx }) => ({
    providers: signInProviders(),
    links: await listLinks(ctx.system, ctx.user.id),
  })),

  /** Then next-auth's `signIn(provider)`: the account that it comes back with is linked to this one. */
  begin: freshProcedure.input(z.object({ provider: z.string().max(40) })).mutation(async ({ ctx, input }) => {
    if (!signInProviders().some(({ key }) => key === input.provider)) {
      throw new AppError("not_found", "This installation is not set up for it.");
    }
    await beginLinking(ctx.system, ctx.sessionId, input.provider);
    return input;
  }),

  remove: freshProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    await removeLink(ctx.system, ctx.user, input.id);
    return input;
  }),
});
