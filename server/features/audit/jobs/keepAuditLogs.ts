import { asc, gt } from "drizzle-orm";
import { auditHeads } from "#db/schema/auditHeads.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { entitlementsOf } from "../../plans/service.ts";
import { removeOld } from "../removeOld.ts";
import { sweepIntents } from "./sweepIntents.ts";

const together = 200;

/** Every hour: tells of changes that were killed half-way; removes entries that an organisation's plan keeps no longer. */
export const keepAuditLogs = inngest.createFunction(
  {
    id: "keep-audit-logs",
    name: "Finish and shorten audit logs",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "37 * * * *" }],
  },
  async ({ step }) => {
    await step.run("intents", sweepIntents);
    await step.run("retention", shortenAuditLogs);
  },
);

/** Answers how many entries went. */
export async function shortenAuditLogs(): Promise<number> {
  let removed = 0;
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const logs = await database()
      .select({ id: auditHeads.organisationId })
      .from(auditHeads)
      .where(gt(auditHeads.organisationId, last))
      .orderBy(asc(auditHeads.organisationId))
      .limit(together);
    for (const { id } of logs) {
      const { limits } = await entitlementsOf(database(), id);
      if (limits.auditDays !== null) removed += await removeOld(id, limits.auditDays);
      last = id;
    }
    if (logs.length < together) return removed;
  }
}
