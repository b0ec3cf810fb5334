import { and, asc, desc, eq, gt, lte } from "drizzle-orm";
import { auditCheckpoints } from "#db/schema/auditCheckpoints.ts";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { auditHeads } from "#db/schema/auditHeads.ts";
import type { Connection, Transaction } from "../../database.ts";
import { asChainedEntry, genesisHash } from "./AuditEntry.ts";
import { type ChainProblem, ChainWalk } from "./ChainWalk.ts";
import { isSealOf } from "./markSeal.ts";

/** Read at once. */
const together = 1000;

export interface Verified {
  /** Null where everything is as it was written. */
  readonly problem: ChainProblem | null;
  /** The first entry that the log holds, by its number; those before were removed when their time was over. */
  readonly first: number;
  /** The last that was looked at. */
  readonly through: number;
  /** Whether that was the end of the log. */
  readonly isComplete: boolean;
}

/**
 * Whether an organisation's log is as it was written: no entry altered, removed, added, moved or cut off at either end.
 * Looks at `most` entries from `after` on, so that a long log is looked at in parts.
 */
export async function verifyChain(
  db: Connection,
  organisationId: string,
  { after = 0, most = Number.POSITIVE_INFINITY }: { readonly after?: number; readonly most?: number } = {},
): Promise<Verified> {
  // Entries that are made meanwhile are none of this look's.
  return await db.transaction((transaction) => verify(transaction, { organisationId, after, most }), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

interface Part {
  readonly organisationId: string;
  readonly after: number;
  readonly most: number;
}

async function verify(db: Transaction, { organisationId, after, most }: Part): Promise<Verified> {
  const [head] = await db.select().from(auditHeads).where(eq(auditHeads.organisationId, organisationId));
  const begin = await beginning(db, organisationId);
  const first = begin.sequence + 1;
  const found = (problem: ChainProblem | null, through: number, isComplete = true): Verified => {
    return { problem, first, through, isComplete };
  };
  if ("problem" in begin) return found({ sequence: first, problem: begin.problem }, begin.sequence);
  if (!head) return found({ sequence: first, problem: "The end of the log is not marked." }, begin.sequence);
  if (!isSealOf(head.headSealed, "end", head)) {
    return found({ sequence: head.sequence, problem: "The mark at the end of the log was altered." }, begin.sequence);
  }
  const start = after > begin.sequence ? await placeOf(db, organisationId, after) : begin;
  if (!start) return found({ sequence: after, problem: `Entry ${after} is missing.` }, after);
  const walk = new ChainWalk(organisationId, start);
  const last = Math.min(head.sequence, start.sequence + most);
  while (walk.place.sequence < last) {
    const rows = await db
      .select()
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.organisationId, organisationId),
          gt(auditEntries.sequence, walk.place.sequence),
          lte(auditEntries.sequence, last),
        ),
      )
      .orderBy(asc(auditEntries.sequence))
      .limit(together);
    for (const row of rows) {
      const problem = walk.take(asChainedEntry(row));
      if (problem) return found(problem, walk.place.sequence);
    }
    if (rows.length < together) break;
  }
  const { sequence, hash } = walk.place;
  if (sequence < last) {
    return found({ sequence: sequence + 1, problem: `Entries ${sequence + 1} to ${last} are missing.` }, sequence);
  }
  if (sequence < head.sequence) return found(null, sequence, false);
  if (hash !== head.hash)
    return found({ sequence, problem: "The mark at the end does not fit the last entry." }, sequence);
  const [beyond] = await db
    .select({ sequence: auditEntries.sequence })
    .from(auditEntries)
    .where(and(eq(auditEntries.organisationId, organisationId), gt(auditEntries.sequence, sequence)))
    .limit(1);
  if (beyond)
    return found({ sequence: beyond.sequence, problem: "There are entries after the end of the log." }, sequence);
  return found(null, sequence);
}

/** What the oldest entry follows: the newest checkpoint, or nothing. */
async function beginning(db: Transaction, organisationId: string) {
  const [checkpoint] = await db
    .select()
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.organisationId, organisationId))
    .orderBy(desc(auditCheckpoints.sequence))
    .limit(1);
  const none = { sequence: 0, hash: genesisHash(organisationId) };
  if (!checkpoint) return none;
  const { sequence, hash } = checkpoint;
  if (isSealOf(checkpoint.checkpointSealed, "checkpoint", checkpoint)) return { sequence, hash };
  return { ...none, sequence, problem: "The mark at the beginning of the log was altered." };
}

async function placeOf(db: Transaction, organisationId: string, sequence: number) {
  const [entry] = await db
    .select({ sequence: auditEntries.sequence, hash: auditEntries.hash })
    .from(auditEntries)
    .where(and(eq(auditEntries.organisationId, organisationId), eq(auditEntries.sequence, sequence)));
  return entry;
}
