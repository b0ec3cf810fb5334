import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { type Access, findAccess, findProjectAccess } from "../access/findAccess.ts";
import { personalProcedures } from "../access/personalProcedures.ts";
import { procedures } from "../access/procedures.ts";
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

/** Someone signed in or a token: `ctx.user` and `ctx.who`. Those that name no organisation are in personalProcedures.ts. */
export const userProcedure = publicProcedure.use(({ ctx, path, next }) => {
  const { who } = ctx;
  if (!who) throw new AppError("unauthenticated", "Sign in to go on.");
  // What would let whoever has found a token keep what it opens.
  if (personalProcedures[path]?.by === "session" && who.by === "token") {
    throw new AppError("forbidden", "Do this in the browser, signed in: a token may not.");
  }
  return next({ ctx: { who, user: who.user } });
});

/** Of the organisation in the input: `ctx.organisation` and `ctx.access`. To all others it does not exist. */
export const organisationProcedure = userProcedure
  .input(z.object({ organisation: z.string() }))
  .use(async ({ ctx, input, path, next }) => {
    const access = await findAccess(ctx.system, ctx.who, input.organisation);
    requireFor(path, access);
    return next({ ctx: { organisation: access.organisation, access } });
  });

/** Of the project in the input, `ctx.project`, besides what `organisationProcedure` gives; the role is that in the project. */
export const projectProcedure = userProcedure
  .input(z.object({ organisation: z.string(), project: z.string() }))
  .use(async ({ ctx, input, path, next }) => {
    const access = await findProjectAccess(ctx.system, ctx.who, input);
    requireFor(path, access);
    return next({ ctx: { organisation: access.organisation, project: access.project, access } });
  });

/** The one place where procedures are refused to roles: what is not in the table is refused to all. */
function requireFor(path: string, access: Access): void {
  const requirement = procedures[path];
  if (!requirement) throw new AppError("forbidden", "This operation is not open to anybody.");
  access.require(requirement.permission);
}
