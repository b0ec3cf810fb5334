import { and, eq, isNull } from "drizzle-orm";
import { memberships } from "#db/schema/organisations.ts";
import type { Connection } from "../../database.ts";
import { type AuditRecord, recordAudit } from "./recordAudit.ts";

interface Deed {
  readonly userId: string;
  /** The only organisation that it concerns; null: all of the person's. */
  readonly onlyOrganisationId?: string | null;
  readonly record: Omit<AuditRecord, "organisationId">;
}

/** Records what somebody did that is of no one organisation, such as signing in, in each of those they belong to. */
export async function recordForPerson(db: Connection, { userId, onlyOrganisationId, record }: Deed): Promise<void> {
  const found = await db
    .select({ organisationId: memberships.organisationId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        isNull(memberships.suspendedAt),
        onlyOrganisationId ? eq(memberships.organisationId, onlyOrganisationId) : undefined,
      ),
    )
    // Always in the same order, so that two of them cannot wait for each other.
    .orderBy(memberships.organisationId);
  for (const { organisationId } of found) await recordAudit(db, { ...record, organisationId });
}
