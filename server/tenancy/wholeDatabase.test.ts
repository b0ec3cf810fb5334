import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/**
 * Files outside of jobs that take the whole database of the process, and why: everything else is given the database of
 * its request, which is bound to the organisation. Who adds one says here what keeps it to the rows it may see.
 */
const reviewed: Readonly<Record<string, readonly string[]>> = {
  "Before it is known who asks, or of no organisation": [
    "app/(app)/[organisation]/[project]/findShownProject.ts",
    "app/(app)/[organisation]/layout.tsx",
    "app/(public)/page.tsx",
    "app/api/health/route.ts",
    "server/api/handleApi.ts",
    "server/auth/admitProvider.ts",
    "server/auth/options.ts",
    "server/auth/principalOfRequest.ts",
    "server/auth/session.ts",
    "server/auth/signInBy.ts",
    "server/features/directory/handler.ts",
    "server/features/sso/signIn/handlers.ts",
    "server/features/repository/http/serveGit.ts",
    "server/features/uploads/handler.ts",
    "server/http/cspReports.ts",
    "server/trpc/requestContext.ts",
  ],
  "Finds who may, and goes on with the database bound to the organisation": [
    "server/features/audit/export/handler.ts",
    "server/features/backups/handler.ts",
    "server/features/eject/handler.ts",
    "server/features/exports/handler.ts",
  ],
  "What the runtimes and Stripe tell, known by a secret or a signature": [
    "server/features/billing/webhook.ts",
    "server/features/telemetry/intake/handler.ts",
  ],
  "Work of jobs on one row that its event names": [
    "server/features/audit/removeAllOld.ts",
    "server/features/audit/removeOld.ts",
    "server/features/audit/sweepIntents.ts",
    "server/features/audit/stream/deliverStream.ts",
    "server/features/backups/copies/copyRows.ts",
    "server/features/backups/restore/fillEnvironment.ts",
    "server/features/backups/writeBackup.ts",
    "server/features/billing/alone.ts",
    "server/features/billing/debt.ts",
    "server/features/billing/meterUsage.ts",
    "server/features/billing/reconcile.ts",
    "server/features/billing/seats.ts",
    "server/features/branches/followBranch.ts",
    "server/features/deployments/progress.ts",
    "server/features/deployments/rollouts/look.ts",
    "server/features/deployments/settle.ts",
    "server/features/deployments/switchOver.ts",
    "server/features/exports/writeExport.ts",
    "server/features/telemetry/alerts/evaluateRules.ts",
    "server/features/telemetry/alerts/tellAlerts.ts",
    "server/features/telemetry/figures/rollUp.ts",
    "server/features/tokens/tellExpiring.ts",
    "server/features/usage/applyLimits.ts",
    "server/features/usage/keepHolds.ts",
    "server/features/usage/measureStored.ts",
    "server/features/usage/tellUsage.ts",
  ],
  "Shared by jobs and requests: takes the id of a row that the request found by its bound database": [
    "server/features/backups/requestBackup.ts",
    "server/features/backups/restore/requestRestore.ts",
    "server/features/billing/portal.ts",
    "server/features/branches/environments.ts",
    "server/features/branches/previews.ts",
    "server/features/branches/removal.ts",
    "server/features/deployments/approval.ts",
    "server/features/deployments/requestDeployment.ts",
    "server/features/environments/service.ts",
    "server/features/imports/service.ts",
    "server/features/telemetry/service.ts",
  ],
};

const root = new URL("../../", import.meta.url);

test("who takes the whole database was looked at", async () => {
  const found: string[] = [];
  for (const folder of ["app", "server"]) {
    for (const file of await readdir(new URL(`${folder}/`, root), { recursive: true })) {
      const path = `${folder}/${file}`;
      if (!/\.tsx?$/.test(path) || /\.test\.ts$|\/(?:testing|jobs|runtime)\/|^server\/database\.ts$/.test(path))
        continue;
      const text = await readFile(new URL(path, root), "utf8");
      if (/(?<!current_)\bdatabase\(\)/.test(text)) found.push(path);
    }
  }
  expect(found.sort()).toEqual(Object.values(reviewed).flat().sort());
});
