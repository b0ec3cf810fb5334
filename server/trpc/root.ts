import { accountsRouter } from "../features/accounts/router.ts";
import { auditRouter } from "../features/audit/router.ts";
import { backupsRouter } from "../features/backups/router.ts";
import { billingRouter } from "../features/billing/router.ts";
import { branchesRouter } from "../features/branches/router.ts";
import { deploymentsRouter } from "../features/deployments/router.ts";
import { devicesRouter } from "../features/devices/router.ts";
import { ejectRouter } from "../features/eject/router.ts";
import { exportsRouter } from "../features/exports/router.ts";
import { factorsRouter } from "../features/factors/router.ts";
import { gateRouter } from "../features/gate/router.ts";
import { impactRouter } from "../features/impact/router.ts";
import { importsRouter } from "../features/imports/router.ts";
import { invitationsRouter } from "../features/invitations/router.ts";
import { modelRouter } from "../features/model/router.ts";
import { membersRouter } from "../features/organisations/membersRouter.ts";
import { organisationsRouter } from "../features/organisations/router.ts";
import { outboundRouter } from "../features/outbound/router.ts";
import { plansRouter } from "../features/plans/router.ts";
import { projectsRouter } from "../features/projects/router.ts";
import { repositoryRouter } from "../features/repository/router.ts";
import { sessionsRouter } from "../features/sessions/router.ts";
import { slowRouter } from "../features/slow/router.ts";
import { ssoRouter } from "../features/sso/router.ts";
import { telemetryRouter } from "../features/telemetry/router.ts";
import { testsRouter } from "../features/tests/router.ts";
import { tokensRouter } from "../features/tokens/router.ts";
import { usageRouter } from "../features/usage/router.ts";
import { createCallerFactory, router } from "./init.ts";

/** Every operation of the control plane. Each feature adds its router here under its noun. */
export const rootRouter = router({
  accounts: accountsRouter,
  audit: auditRouter,
  backups: backupsRouter,
  billing: billingRouter,
  branches: branchesRouter,
  deployments: deploymentsRouter,
  devices: devicesRouter,
  eject: ejectRouter,
  factors: factorsRouter,
  exports: exportsRouter,
  gate: gateRouter,
  impact: impactRouter,
  imports: importsRouter,
  invitations: invitationsRouter,
  members: membersRouter,
  model: modelRouter,
  organisations: organisationsRouter,
  outbound: outboundRouter,
  plans: plansRouter,
  projects: projectsRouter,
  repository: repositoryRouter,
  sessions: sessionsRouter,
  slow: slowRouter,
  sso: ssoRouter,
  telemetry: telemetryRouter,
  tests: testsRouter,
  tokens: tokensRouter,
  usage: usageRouter,
});

export type AppRouter = typeof rootRouter;

/** Calls procedures without HTTP: server components and tests. */
export const createCaller = createCallerFactory(rootRouter);
