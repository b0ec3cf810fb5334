import type { InngestFunction } from "inngest";
import { finishAuditLogs } from "../features/audit/jobs/finishAuditLogs.ts";
import { sendAuditStreams } from "../features/audit/jobs/sendAuditStreams.ts";
import { shortenAuditLogs } from "../features/audit/jobs/shortenAuditLogs.ts";
import { backUpEnvironment } from "../features/backups/jobs/backUpEnvironment.ts";
import { keepSchedules } from "../features/backups/jobs/keepSchedules.ts";
import { restoreBackup } from "../features/backups/jobs/restoreBackup.ts";
import { sweepBackups } from "../features/backups/jobs/sweepBackups.ts";
import { followBilling } from "../features/billing/jobs/followBilling.ts";
import { keepAllSeats } from "../features/billing/jobs/keepAllSeats.ts";
import { reconcileBilling } from "../features/billing/jobs/reconcileBilling.ts";
import { reportUsage } from "../features/billing/jobs/reportUsage.ts";
import { followBranches } from "../features/branches/jobs/followBranches.ts";
import { keepAllBranches, keepBranches } from "../features/branches/jobs/keepBranches.ts";
import { removeEnvironments } from "../features/branches/jobs/removeEnvironments.ts";
import { afterSwitch } from "../features/deployments/jobs/afterSwitch.ts";
import { deploy } from "../features/deployments/jobs/deploy.ts";
import { keepEnvironments } from "../features/deployments/jobs/keepEnvironments.ts";
import { watchRollout } from "../features/deployments/jobs/watchRollout.ts";
import { keepExports } from "../features/exports/jobs/keepExports.ts";
import { makeExport } from "../features/exports/jobs/makeExport.ts";
import { sweepScratch } from "../features/gate/jobs/sweepScratch.ts";
import { importDatabase } from "../features/imports/jobs/importDatabase.ts";
import { sweepImports } from "../features/imports/jobs/sweepImports.ts";
import { deleteOrganisations } from "../features/removal/jobs/deleteOrganisations.ts";
import { sweepSessions } from "../features/sessions/jobs/sweepSessions.ts";
import { keepSingleSignOn } from "../features/sso/jobs/keepSingleSignOn.ts";
import { sweepTelemetry } from "../features/telemetry/jobs/sweepTelemetry.ts";
import { watchAlerts } from "../features/telemetry/jobs/watchAlerts.ts";
import { tellExpiringTokens } from "../features/tokens/jobs/tellExpiringTokens.ts";
import { measureStored } from "../features/usage/jobs/measureStored.ts";
import { watchLimits } from "../features/usage/jobs/watchLimits.ts";
import { sendForgottenMails } from "../mail/jobs/sendForgottenMails.ts";
import { sendWrittenMail } from "../mail/jobs/sendWrittenMail.ts";

/** Every Inngest function of the features, by which `/api/inngest` serves them. */
export const functions: readonly InngestFunction.Like[] = [
  deploy,
  afterSwitch,
  watchRollout,
  keepEnvironments,
  followBranches,
  keepBranches,
  keepAllBranches,
  removeEnvironments,
  importDatabase,
  sweepImports,
  sweepScratch,
  backUpEnvironment,
  keepSchedules,
  sweepBackups,
  restoreBackup,
  sweepSessions,
  keepSingleSignOn,
  sweepTelemetry,
  watchAlerts,
  watchLimits,
  measureStored,
  followBilling,
  keepAllSeats,
  reconcileBilling,
  reportUsage,
  finishAuditLogs,
  shortenAuditLogs,
  sendAuditStreams,
  tellExpiringTokens,
  sendWrittenMail,
  deleteOrganisations,
  makeExport,
  keepExports,
  sendForgottenMails,
];
