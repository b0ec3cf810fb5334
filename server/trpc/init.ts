import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { findOrganisation } from "../features/organisations/service.ts";
import { findProject } from "../features/projects/service.ts";
import { RateLimitedError } from "../http/RateLimitedError.ts";
import { logDefect } from "../log.ts";
import type { Context } from "./context.ts";
import { asTrpcError, foreseen, inputFailure } from "./failure.ts";

const internal = new AppError("internal", "Something went wrong on our side. Try again in a moment.");

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  // What screens find in `error.data`: our code, the fields of a form, and the request's name for a report of a defect.
  errorFormatter({ shape, error, ctx }) {
    const known = foreseen(error) ?? internal;
    return {
      message: known.message,
      code: shape.code,
      data: {
        code: known.code,
        fields: known.fields,
        httpStatus: known.status,
        requestId: ctx?.requestId ?? null,
        retryAfterSeconds: known instanceof RateLimitedError ? known.retryAfterSeconds : null,
      },
    };
  },
});

export const router = t.router;

export const createCallerFactory = t.createCallerFactory;

/** Anyone may call it. Foreseen errors get their status, all others are logged and lose their text. */
export const publicProcedure = t.procedure.use(async ({ ctx, path, next, getRawInput }) => {
  const result = await next();
  if (result.ok) return result;
  const known = inputFailure(result.error, await getRawInput()) ?? foreseen(result.error);
  if (known) throw asTrpcError(known);
  logDefect("A procedure failed.", result.error.cause ?? result.error, { path, requestId: ctx.requestId });
  throw asTrpcError(internal);
});

/** Someone signed in: `ctx.user`. */
export const userProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new AppError("unauthenticated", "Sign in to go on.");
  return next({ ctx: { user: ctx.user } });
});

/** The same, but not by a token: what would let whoever has found a token keep what it opens. */
export const sessionProcedure = userProcedure.use(({ ctx, next }) => {
  if (ctx.by === "token") throw new AppError("forbidden", "Do this in the browser, signed in: a token may not.");
  return next();
});

/** A member of the organisation in the input: `ctx.organisation` and `ctx.membership`. To all others it does not exist. */
export const organisationProcedure = userProcedure
  .input(z.object({ organisation: z.string() }))
  .use(async ({ ctx, input, next }) => {
    const { organisation, membership } = await findOrganisation(ctx.db, ctx.user.id, input.organisation);
    return next({ ctx: { organisation, membership } });
  });

/** A member's project: `ctx.project` besides what `organisationProcedure` gives. */
export const projectProcedure = organisationProcedure
  .input(z.object({ project: z.string() }))
  .use(async ({ ctx, input, next }) => {
    const project = await findProject(ctx.db, ctx.organisation.id, input.project);
    return next({ ctx: { project } });
  });
