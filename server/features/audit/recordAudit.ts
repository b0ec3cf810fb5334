import { eq, sql } from "drizzle-orm";
import { type AuditActor, auditEntries } from "#db/schema/auditEntries.ts";
import { auditHeads } from "#db/schema/auditHeads.ts";
import { organisations } from "#db/schema/organisations.ts";
import type { Connection, Transaction } from "../../database.ts";
import { type AuditEntry, genesisHash, hashEntry } from "./AuditEntry.ts";
import { keptText, keptValue } from "./keptValue.ts";
import { sealMark } from "./markSeal.ts";

/** What happened, before it has its place in the log. Never with secrets. */
export interface AuditRecord {
  readonly organisationId: string;
  readonly actor: AuditActor;
  /** The procedure's path, or a word of its own such as `session.started`. */
  readonly action: string;
  /** As people read it: `project crm`, `member ada@example.com`. */
  readonly target?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly userAgent?: string | null | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly outcome?: AuditEntry["outcome"] | undefined;
}

/**
 * Adds an entry to the organisation's audit log. In a transaction it is kept or undone with the change that it tells of:
 * call it last there, because until the end nobody else adds to that log. Of an organisation that is gone nothing is kept.
 */
export async function recordAudit(db: Connection, record: AuditRecord): Promise<void> {
  await db.transaction((transaction) => addEntry(transaction, record));
}

async function addEntry(db: Transaction, record: AuditRecord): Promise<void> {
  const { organisationId } = record;
  const head = (await lockHead(db, organisationId)) ?? (await startLog(db, organisationId));
  if (!head) return;
  const entry: AuditEntry = {
    organisation: organisationId,
    sequence: head.sequence + 1,
    at: head.at.toISOString(),
    actor: keptActor(record.actor),
    action: keptText(record.action),
    outcome: record.outcome ?? "done",
    target: record.target == null ? null : keptText(record.target),
    project: record.projectId ?? null,
    address: record.address == null ? null : keptText(record.address),
    userAgent: record.userAgent == null ? null : keptText(record.userAgent),
    before: keptValue(record.before),
    after: keptValue(record.after),
  };
  const hash = hashEntry(entry, head.hash);
  const { sequence, actor, action, outcome, target, address, userAgent, before, after } = entry;
  await db.insert(auditEntries).values({
    ...{ organisationId, sequence, at: head.at, actor, action, outcome, target, projectId: entry.project },
    ...{ address, userAgent, before, after, previousHash: head.hash, hash },
  });
  await db
    .update(auditHeads)
    .set({ sequence, hash, at: head.at, headSealed: sealMark("end", { organisationId, sequence, hash }) })
    .where(eq(auditHeads.organisationId, organisationId));
}

/** Where the log ends, held until the transaction ends, with the moment of the next entry: never before the last one's. */
async function lockHead(db: Transaction, organisationId: string) {
  const [head] = await db
    .select({
      sequence: auditHeads.sequence,
      hash: auditHeads.hash,
      at: sql`greatest(${auditHeads.at}, clock_timestamp()::timestamptz(3))`.mapWith(auditHeads.at),
    })
    .from(auditHeads)
    .where(eq(auditHeads.organisationId, organisationId))
    .for("update");
  return head;
}

async function startLog(db: Transaction, organisationId: string) {
  const hash = genesisHash(organisationId);
  const [found] = await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.id, organisationId));
  if (!found) return undefined;
  await db
    .insert(auditHeads)
    .values({ organisationId, sequence: 0, hash, headSealed: sealMark("end", { organisationId, sequence: 0, hash }) })
    .onConflictDoNothing();
  return await lockHead(db, organisationId);
}

function keptActor(actor: AuditActor): AuditActor {
  return { ...actor, name: keptText(actor.name) };
}
