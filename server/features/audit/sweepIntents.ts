import { asc, eq, lt, sql } from "drizzle-orm";
import { auditIntents } from "#db/schema/auditIntents.ts";
import { database } from "../../database.ts";
import { type AuditRecord, recordAudit } from "./recordAudit.ts";

/** No procedure takes that long: what was begun before then was killed. */
const longest = sql`now() - interval '30 minutes'`;

/** Records changes whose process ended before it could be told what became of them. Answers how many. */
export async function sweepIntents(): Promise<number> {
  let swept = 0;
  for (;;) {
    const found = await database().transaction(async (transaction) => {
      const [intent] = await transaction
        .select()
        .from(auditIntents)
        .where(lt(auditIntents.createdAt, longest))
        .orderBy(asc(auditIntents.createdAt))
        .limit(1)
        .for("update", { skipLocked: true });
      if (!intent) return false;
      const record = intent.entry as AuditRecord;
      const after = {
        begunAt: intent.createdAt,
        note: "The process ended before it could be told whether this was done.",
      };
      await recordAudit(transaction, { ...record, outcome: "unknown", after });
      await transaction.delete(auditIntents).where(eq(auditIntents.id, intent.id));
      return true;
    });
    if (!found) return swept;
    swept += 1;
  }
}
