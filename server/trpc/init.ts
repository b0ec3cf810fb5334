import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import { outOfScope } from "#lib/access/scopes.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Access, findAccess, findProjectAccess, type ProjectAccess } from "../access/findAccess.ts";
import type { Principal, SessionUser } from "../access/Principal.ts";
import { personalProcedures } from "../access/personalProcedures.ts";
import { procedures } from "../access/procedures.ts";
import { startAuditing } from "../features/audit/service.ts";
import { requirePlan } from "../features/plans/service.ts";
import { RateLimitedError } from "../http/RateLimitedError.ts";
import { logDefect } from "../log.ts";
import { tenantDatabase } from "../tenancy/tenantDatabase.ts";
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
  requirePersonal(path, who);
  return next({ ctx: { who, user: who.user } });
});

/** Of the organisation in the input: `ctx.organisation` and `ctx.access`. To all others it does not exist. */
export const organisationProcedure = userProcedure
  .input(z.object({ organisation: z.string() }))
  .use(async ({ ctx, input, path, type, next }) => {
    const access = await findAccess(ctx.system, ctx.who, input.organisation);
    const { organisation } = access;
    const { auditing, around } = startAuditing({ ...ctx, path, type, organisation, project: null });
    return await around(
      () => requireFor({ ctx, path, isChange: type === "mutation" }, access),
      () => next({ ctx: { db: tenantDatabase(ctx.system, organisation.id), organisation, access, ...auditing } }),
    );
  });

/** Of the project in the input, `ctx.project`, besides what `organisationProcedure` gives; the role is that in the project. */
export const projectProcedure = userProcedure
  .input(z.object({ organisation: z.string(), project: z.string() }))
  .use(async ({ ctx, input, path, type, next }) => {
    const access = await findProjectAccess(ctx.system, ctx.who, input);
    const { organisation, project } = access;
    const { auditing, around } = startAuditing({ ...ctx, path, type, organisation, project });
    return await around(
      () => requireFor({ ctx, path, isChange: type === "mutation" }, access),
      () =>
        next({ ctx: { db: tenantDatabase(ctx.system, organisation.id), organisation, project, access, ...auditing } }),
    );
  });

/** What of a person's own tokens may do; procedures of organisations are asked about by `requireFor`. */
function requirePersonal(path: string, { by, scopes }: Principal): void {
  const requirement = personalProcedures[path];
  if (by !== "token" || !requirement) return;
  // What would let whoever has found a token keep what it opens.
  if (requirement.by === "session" || requirement.scope === undefined) {
    throw new AppError("forbidden", "Do this in the browser, signed in: a token may not.");
  }
  if (requirement.scope === null || scopes === null || scopes.includes(requirement.scope)) return;
  throw new AppError("forbidden", outOfScope(requirement.scope));
}

interface Asked {
  readonly ctx: Pick<Context, "system"> & { readonly user: SessionUser };
  readonly path: string;
  readonly isChange: boolean;
}

/** The one place where procedures are refused to roles and to plans: what is not in the table is refused to all. */
async function requireFor({ ctx, path, isChange }: Asked, access: Access | ProjectAccess): Promise<void> {
  const requirement = procedures[path];
  if (!requirement) throw new AppError("forbidden", "This operation is not open to anybody.");
  access.require(requirement.permission);
  const { id: organisationId } = access.organisation;
  const projectId = "project" in access ? access.project.id : null;
  await requirePlan(ctx.system, { path, requirement, isChange, organisationId, userId: ctx.user.id, projectId });
}
