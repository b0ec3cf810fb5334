import { and, asc, desc, eq, gt, lte } from "drizzle-orm";
import { auditCheckpoints } from "#db/schema/auditCheckpoints.ts";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { auditHeads } from "#db/schema/auditHeads.ts";
import type { Connection } from "../../../database.ts";
import { asChainedEntry, type ChainedEntry, genesisHash } from "../AuditEntry.ts";
import { type AuditFilter, conditionOf, type LogDatabases } from "../searchAudit.ts";
import { csvHeader, csvRow } from "./csv.ts";

const together = 500;

/** First line of an export as NDJSON: what the entries after it are to be held against. */
export interface ExportHeader {
  readonly kind: "gantry.audit";
  readonly version: 1;
  readonly organisation: string;
  readonly slug: string;
  readonly exportedAt: string;
  /** Whether entries were chosen from the log, so that gaps mean nothing. */
  readonly isSelection: boolean;
  /** What the first entry follows. */
  readonly begins: { readonly sequence: number; readonly hash: string };
  /** The newest entry when the export began. */
  readonly ends: { readonly sequence: number; readonly hash: string };
}

interface Exported {
  readonly organisation: { readonly id: string; readonly slug: string };
  readonly filter: AuditFilter;
}

/** An organisation's log as NDJSON, oldest first, read a few entries at a time. */
export async function* ndjsonLines(
  databases: LogDatabases,
  { organisation, filter }: Exported,
): AsyncGenerator<string> {
  const header = await headerOf(databases.bound, { organisation, filter });
  yield `${JSON.stringify(header)}\n`;
  for await (const entry of entriesThrough(databases, { organisation, filter }, header.ends.sequence)) {
    yield `${JSON.stringify(entry)}\n`;
  }
}

/** The same for spreadsheets. */
export async function* csvLines(databases: LogDatabases, { organisation, filter }: Exported): AsyncGenerator<string> {
  const { ends } = await headerOf(databases.bound, { organisation, filter });
  yield csvHeader;
  for await (const entry of entriesThrough(databases, { organisation, filter }, ends.sequence)) yield csvRow(entry);
}

async function* entriesThrough(
  databases: LogDatabases,
  { organisation, filter }: Exported,
  through: number,
): AsyncGenerator<ChainedEntry> {
  for (let last = 0; ; ) {
    const place = and(gt(auditEntries.sequence, last), lte(auditEntries.sequence, through));
    const wanted = { organisationId: organisation.id, filter, place, order: asc, most: together };
    const rows = await databases.bound
      .select()
      .from(auditEntries)
      .where(await conditionOf(databases, wanted))
      .orderBy(asc(auditEntries.sequence))
      .limit(together);
    for (const row of rows) yield asChainedEntry(row);
    const newest = rows.at(-1);
    if (!newest || rows.length < together) return;
    last = newest.sequence;
  }
}

async function headerOf(db: Connection, { organisation: { id, slug }, filter }: Exported): Promise<ExportHeader> {
  const [head] = await db.select().from(auditHeads).where(eq(auditHeads.organisationId, id));
  const [checkpoint] = await db
    .select({ sequence: auditCheckpoints.sequence, hash: auditCheckpoints.hash })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.organisationId, id))
    .orderBy(desc(auditCheckpoints.sequence))
    .limit(1);
  const begins = checkpoint ?? { sequence: 0, hash: genesisHash(id) };
  return {
    kind: "gantry.audit",
    version: 1,
    organisation: id,
    slug,
    exportedAt: new Date().toISOString(),
    isSelection: Object.values(filter).some((value) => value !== undefined),
    begins,
    ends: head ? { sequence: head.sequence, hash: head.hash } : begins,
  };
}
