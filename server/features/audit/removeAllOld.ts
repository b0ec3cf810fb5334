import { asc, gt } from "drizzle-orm";
import { auditHeads } from "#db/schema/auditHeads.ts";
import { database } from "../../database.ts";
import { entitlementsOf } from "../plans/service.ts";
import { systemActor } from "./actorOf.ts";
import { recordAudit } from "./recordAudit.ts";
import { removeOld } from "./removeOld.ts";

const together = 200;

/** Shortens the log of every organisation to what its plan keeps. Answers how many entries went. */
export async function removeAllOld(): Promise<number> {
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
      last = id;
      if (limits.auditDays === null) continue;
      const count = await removeOld(id, limits.auditDays);
      removed += count;
      if (count === 0) continue;
      const after = { removedEntries: count, keptDays: limits.auditDays };
      const record = { actor: systemActor, action: "audit.shortened", target: "audit log", after };
      await recordAudit(database(), { ...record, organisationId: id });
    }
    if (logs.length < together) return removed;
  }
}
