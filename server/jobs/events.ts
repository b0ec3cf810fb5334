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
