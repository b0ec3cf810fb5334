import { createHash } from "node:crypto";
import type { AuditActor, auditEntries } from "#db/schema/auditEntries.ts";
import { canonicalJson } from "./canonicalJson.ts";

/** One entry as it is hashed, exported and sent on. Its form is documented in docs/concepts/audit-log.md and stays. */
export interface AuditEntry {
  /** Id of the organisation. */
  readonly organisation: string;
  readonly sequence: number;
  /** RFC 3339 with milliseconds, UTC. */
  readonly at: string;
  readonly actor: AuditActor;
  readonly action: string;
  readonly outcome: "done" | "refused" | "unknown";
  readonly target: string | null;
  /** Id of the project. */
  readonly project: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ChainedEntry extends AuditEntry {
  readonly previousHash: string;
  readonly hash: string;
}

/** Hex SHA-256 of the previous hash, a line feed and the entry's canonical JSON. */
export function hashEntry(entry: AuditEntry, previousHash: string): string {
  return createHash("sha256")
    .update(`${previousHash}\n${canonicalJson(entry)}`)
    .digest("hex");
}

/** What stands in for the hash before the first entry. */
export function genesisHash(organisationId: string): string {
  return createHash("sha256").update(`gantry audit log\n${organisationId}`).digest("hex");
}

type Row = Omit<typeof auditEntries.$inferSelect, "actorId" | "words">;

export function asChainedEntry(row: Row): ChainedEntry {
  return {
    organisation: row.organisationId,
    sequence: row.sequence,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    outcome: row.outcome,
    target: row.target,
    project: row.projectId,
    address: row.address,
    userAgent: row.userAgent,
    before: row.before,
    after: row.after,
    previousHash: row.previousHash,
    hash: row.hash,
  };
}
