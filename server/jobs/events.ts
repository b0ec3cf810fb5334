import { eventType } from "inngest";
import { z } from "zod";

/**
 * Send with `inngest.send(deploymentRequested.create({ deploymentId, environmentId }, { id: deploymentId }))`:
 * the event's id makes a repeated delivery one event.
 */
export const deploymentRequested = eventType("deployment/requested", {
  schema: z.object({ deploymentId: z.uuid(), environmentId: z.uuid() }),
});

export const importRequested = eventType("import/requested", {
  schema: z.object({ importId: z.uuid() }),
});

/** A mail of the installation was kept (db/schema/mails.ts) and is to leave. */
export const mailWritten = eventType("mail/written", {
  schema: z.object({ mailId: z.uuid() }),
});

/** Somebody decided something about a deployment that waits for it. */
export const deploymentChanged = eventType("deployment/changed", {
  schema: z.object({ deploymentId: z.uuid() }),
});

/** Another release serves, or one is no longer tried: the runtime, the database and those who wait have to follow. */
export const releaseSwitched = eventType("release/switched", {
  schema: z.object({ environmentId: z.uuid() }),
});

/** `round` numbers the runs that watch one roll-out after each other, from 0. */
export const rolloutWatched = eventType("rollout/watched", {
  schema: z.object({ rolloutId: z.uuid(), deploymentId: z.uuid(), round: z.int() }),
});

/**
 * A branch stands elsewhere than before; `to` is null where it is gone. Whoever gets it looks where the branch stands
 * now, so that it does no harm when it comes late, twice or not in order.
 */
export const branchMoved = eventType("branch/moved", {
  schema: z.object({
    projectId: z.uuid(),
    branch: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    trigger: z.enum(["push", "save", "merge", "branch"]),
    userId: z.uuid().nullable(),
  }),
});

/** An environment is to go, with all that belongs to it. */
export const removalRequested = eventType("environment/removalRequested", {
  schema: z.object({ environmentId: z.uuid() }),
});

export const backupRequested = eventType("backup/requested", {
  schema: z.object({ backupId: z.uuid(), environmentId: z.uuid() }),
});

/** Somebody asked for an archive of all that an organisation has. */
export const exportRequested = eventType("export/requested", {
  schema: z.object({ exportId: z.uuid(), organisationId: z.uuid() }),
});

export const restoreRequested = eventType("restore/requested", {
  schema: z.object({ restoreId: z.uuid() }),
});

/** What an organisation pays for has changed, or a payment of it has failed: those who pay may have to be told. */
export const billingChanged = eventType("billing/changed", {
  schema: z.object({ organisationId: z.uuid() }),
});
