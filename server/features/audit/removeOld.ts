import { and, desc, eq, lt, lte, sql } from "drizzle-orm";
import { auditCheckpoints } from "#db/schema/auditCheckpoints.ts";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { type Connection, database } from "../../database.ts";
import { sealMark } from "./markSeal.ts";

const together = 5000;

/**
 * Removes the oldest entries that are kept no longer, after a checkpoint that the rest follows on. Answers how many.
 * Killed half-way, it leaves a log whose oldest entries the next run removes.
 */
export async function removeOld(organisationId: string, keptDays: number): Promise<number> {
  const db = database();
  const [last] = await db
    .select({ sequence: auditEntries.sequence, hash: auditEntries.hash, at: auditEntries.at })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.organisationId, organisationId),
        lt(auditEntries.at, sql`now() - make_interval(days => ${keptDays})`),
      ),
    )
    // Time and number go up together; this way round the index ends the search.
    .orderBy(desc(auditEntries.at), desc(auditEntries.sequence))
    .limit(1);
  if (last) {
    const { sequence, hash, at } = last;
    const checkpointSealed = sealMark("checkpoint", { organisationId, sequence, hash });
    await db
      .insert(auditCheckpoints)
      .values({ organisationId, sequence, hash, at, keptDays, checkpointSealed })
      .onConflictDoNothing();
  }
  return await removeBefore(db, organisationId);
}

async function removeBefore(db: Connection, organisationId: string): Promise<number> {
  const [checkpoint] = await db
    .select({ sequence: auditCheckpoints.sequence })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.organisationId, organisationId))
    .orderBy(desc(auditCheckpoints.sequence))
    .limit(1);
  if (!checkpoint) return 0;
  let all = 0;
  for (;;) {
    const batch = db
      .select({ sequence: auditEntries.sequence })
      .from(auditEntries)
      .where(and(eq(auditEntries.organisationId, organisationId), lte(auditEntries.sequence, checkpoint.sequence)))
      .orderBy(auditEntries.sequence)
      .limit(together);
    const { count } = await db
      .delete(auditEntries)
      .where(and(eq(auditEntries.organisationId, organisationId), sql`${auditEntries.sequence} in ${batch}`));
    all += count;
    if (count < together) return all;
  }
}
