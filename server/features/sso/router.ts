import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { organisationProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { applyAllRoles, directoryRouter } from "../directory/service.ts";
import { endSessionsVouchedBy } from "../sessions/service.ts";
import {
  changeConnection,
  createConnection,
  findConnection,
  hasEnabledConnection,
  listConnections,
  readMetadataAgain,
  removeConnection,
  shownConnection,
  switchConnection,
} from "./connections/service.ts";
import { domainName } from "./domains/domainName.ts";
import { addDomain, listDomains, removeDomain, routeDomain, verifiedDomains, verifyDomain } from "./domains/service.ts";
import { keepRules, rulesOf } from "./joining/rules.ts";
import { membersWithoutFactor } from "./requirements/membersWithoutFactor.ts";
import { requireSecondFactor, requireSso } from "./requirements/requirements.ts";
import { findReport } from "./signIn/attempts.ts";

const id = z.object({ id: z.uuid() });
const address = z.url({ protocol: /^https?$/ }).max(2000);
const groupName = line(200);

const common = {
  name: line(60),
  groupsClaim: line(200).default("groups"),
  allowsUnasked: z.boolean().default(false),
};

const connection = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("oidc"),
    ...common,
    issuer: address,
    clientId: line(300),
    clientSecret: z.string().min(1).max(1000).nullable(),
  }),
  z.object({
    kind: z.literal("saml"),
    ...common,
    metadataUrl: address.nullable(),
    metadata: z.string().min(1).max(500_000).nullable(),
  }),
]);

const connectionsRouter = router({
  list: organisationProcedure.query(({ ctx }) => listConnections(ctx.db, ctx.organisation.id)),

  /** It begins switched off: come through it by `/api/sso/try` first. */
  create: organisationProcedure.input(z.object({ connection })).mutation(async ({ ctx, input }) => {
    const made = await createConnection(ctx.db, ctx.organisation.id, input.connection);
    ctx.audit({ target: `connection ${made.name}`, after: told(made) });
    return made;
  }),

  change: organisationProcedure.input(id.extend({ connection })).mutation(async ({ ctx, input }) => {
    const before = await findConnection(ctx.db, ctx.organisation.id, input.id);
    const changed = await changeConnection(ctx.db, before, input.connection);
    // Another provider is not believed for what the one before has said.
    if (before.enabledAt !== null && changed.enabledAt === null) await endAll(ctx);
    ctx.audit({ target: `connection ${changed.name}`, before: told(shownConnection(before)), after: told(changed) });
    return changed;
  }),

  setOn: organisationProcedure.input(id.extend({ on: z.boolean() })).mutation(async ({ ctx, input }) => {
    const before = await findConnection(ctx.db, ctx.organisation.id, input.id);
    if (!input.on) await requireAnotherWay(ctx, before.id);
    const changed = await switchConnection(ctx.db, before, input.on);
    if (!input.on) await endAll(ctx);
    ctx.audit({
      target: `connection ${changed.name}`,
      before: { on: before.enabledAt !== null },
      after: { on: input.on },
    });
    return changed;
  }),

  /** Ends the sessions that providers of the organisation have started. */
  remove: organisationProcedure.input(id).mutation(async ({ ctx, input }) => {
    const before = await findConnection(ctx.db, ctx.organisation.id, input.id);
    await requireAnotherWay(ctx, before.id);
    await removeConnection(ctx.db, before);
    await endAll(ctx);
    ctx.audit({ target: `connection ${before.name}`, before: told(shownConnection(before)) });
    return { id: before.id };
  }),

  /** Reads the provider's metadata from where it is, for new certificates. */
  readMetadata: organisationProcedure.input(id).mutation(async ({ ctx, input }) => {
    const before = await findConnection(ctx.db, ctx.organisation.id, input.id);
    const changed = shownConnection(await readMetadataAgain(ctx.db, before));
    ctx.audit({ target: `connection ${changed.name}`, before: told(shownConnection(before)), after: told(changed) });
    return changed;
  }),

  /** What a try by `/api/sso/try` has shown; null where there was none. */
  tried: organisationProcedure.input(id).query(({ ctx, input }) => findReport(ctx.db, ctx.organisation.id, input.id)),
});

const domainsRouter = router({
  list: organisationProcedure.query(({ ctx }) => listDomains(ctx.db, ctx.organisation.id)),

  add: organisationProcedure.input(z.object({ domain: domainName })).mutation(async ({ ctx, input }) => {
    const added = await addDomain(ctx.db, ctx.organisation.id, input.domain);
    ctx.audit({ target: `domain ${added.domain}` });
    return added;
  }),

  /** Looks for the TXT record; `conflict` says what is missing. */
  verify: organisationProcedure.input(id).mutation(async ({ ctx, input }) => {
    // Whether another organisation has the domain is to be seen in all of them.
    const verified = await verifyDomain(ctx.system, ctx.organisation.id, input.id);
    ctx.audit({ target: `domain ${verified.domain}`, after: { verified: true } });
    return verified;
  }),

  /** Which connection its people are sent to; null: the first that is on. */
  route: organisationProcedure
    .input(id.extend({ connectionId: z.uuid().nullable() }))
    .mutation(async ({ ctx, input }) => {
      const routed = await routeDomain(ctx.db, ctx.organisation.id, input);
      ctx.audit({ target: `domain ${routed.domain}`, after: { connectionId: routed.connectionId } });
      return routed;
    }),

  remove: organisationProcedure.input(id).mutation(async ({ ctx, input }) => {
    const { domain } = await removeDomain(ctx.db, ctx.organisation.id, input.id);
    ctx.audit({ target: `domain ${domain}` });
    return { domain };
  }),
});

const joiningRole = z.enum(["admin", "developer", "analyst", "viewer", "billing"]);

const rulesRouter = router({
  get: organisationProcedure.query(({ ctx }) => rulesOf(ctx.db, ctx.organisation.id)),

  set: organisationProcedure
    .input(
      z.object({
        joinsBySignIn: z.boolean(),
        defaultRole: joiningRole,
        roleRules: z.array(z.object({ group: groupName, role: joiningRole })).max(200),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { organisation: _, ...rules } = input;
      const before = await rulesOf(ctx.db, ctx.organisation.id);
      await ctx.db.transaction(async (transaction) => {
        await keepRules(transaction, ctx.organisation.id, rules);
        await applyAllRoles(transaction, ctx.organisation.id);
      });
      ctx.audit({ before, after: rules });
      return rules;
    }),
});

const requirementsRouter = router({
  /** What the organisation asks of those who sign in, and whom it would keep out. */
  get: organisationProcedure.query(async ({ ctx }) => {
    const { id: organisationId, requiresSso, ssoIsSecondFactor, requiresSecondFactor } = ctx.organisation;
    return {
      ...{ requiresSso, ssoIsSecondFactor, requiresSecondFactor },
      canRequireSso:
        (await hasEnabledConnection(ctx.db, organisationId)) &&
        (await verifiedDomains(ctx.db, organisationId)).length > 0,
      // Factors are of persons and not of an organisation.
      withoutFactor: await membersWithoutFactor(ctx.system, organisationId),
      youHaveShownTwo: ctx.who.secondFactor,
    };
  }),

  setSso: organisationProcedure
    .input(z.object({ requiresSso: z.boolean(), ssoIsSecondFactor: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      const { requiresSso, ssoIsSecondFactor } = input;
      const before = {
        requiresSso: ctx.organisation.requiresSso,
        ssoIsSecondFactor: ctx.organisation.ssoIsSecondFactor,
      };
      await requireSso(ctx.db, ctx.organisation.id, { requiresSso, ssoIsSecondFactor });
      ctx.audit({ before, after: { requiresSso, ssoIsSecondFactor } });
      return { requiresSso, ssoIsSecondFactor };
    }),

  /** Throws `conflict` for whoever has shown none themselves: they would lock themselves out. */
  setSecondFactor: organisationProcedure.input(z.object({ required: z.boolean() })).mutation(async ({ ctx, input }) => {
    await requireSecondFactor(ctx.db, ctx.who, { organisation: ctx.organisation, required: input.required });
    const before = { requiresSecondFactor: ctx.organisation.requiresSecondFactor };
    ctx.audit({ before, after: { requiresSecondFactor: input.required } });
    return { requiresSecondFactor: input.required };
  }),
});

export const ssoRouter = router({
  connections: connectionsRouter,
  directory: directoryRouter,
  domains: domainsRouter,
  requirements: requirementsRouter,
  rules: rulesRouter,
});

interface Asked {
  readonly db: Parameters<typeof listConnections>[0];
  readonly system: Parameters<typeof endSessionsVouchedBy>[0];
  readonly organisation: { readonly id: string; readonly requiresSso: boolean };
}

/** While single sign-on is required there has to be a way by it. */
async function requireAnotherWay({ db, organisation }: Asked, butFor: string): Promise<void> {
  if (!organisation.requiresSso) return;
  const others = (await listConnections(db, organisation.id)).filter(
    (one) => one.id !== butFor && one.enabledAt !== null,
  );
  if (others.length > 0) return;
  throw new AppError(
    "conflict",
    "Members must come by single sign-on, and this is the only way to. Stop requiring it first.",
  );
}

/** Sessions are of persons and not of an organisation. */
async function endAll({ system, organisation }: Asked): Promise<void> {
  await endSessionsVouchedBy(system, organisation.id);
}

/** What the audit log is told: no secret, and certificates by their fingerprints. */
function told({
  name,
  kind,
  issuer,
  clientId,
  entityId,
  signInUrl,
  metadataUrl,
  allowsUnasked,
  groupsClaim,
  certificates,
}: ReturnType<typeof shownConnection>) {
  return {
    ...{ name, kind, issuer, clientId, entityId, signInUrl, metadataUrl, allowsUnasked, groupsClaim },
    certificates: certificates.map(({ fingerprint }) => fingerprint),
  };
}
