import { isNotNull } from "drizzle-orm";
import { ssoConnections } from "#db/schema/ssoConnections.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { recordAudit, systemActor } from "../../audit/service.ts";
import { readMetadataAgain } from "../connections/service.ts";
import { recheckDomains } from "../domains/service.ts";
import { sweepAttempts } from "../signIn/attempts.ts";

/** Reads metadata again for new certificates, looks whether domains still say whose they are, and clears away what is over. */
export const keepSingleSignOn = inngest.createFunction(
  {
    id: "keep-single-sign-on",
    name: "Keep single sign-on up to date",
    concurrency: 1,
    triggers: [{ cron: "41 */6 * * *" }],
  },
  async ({ step }) => {
    await step.run("metadata", readAllMetadata);
    await step.run("domains", recheckAll);
    await step.run("attempts", () => sweepAttempts(database()));
  },
);

async function readAllMetadata(): Promise<void> {
  const db = database();
  for (const row of await db.select().from(ssoConnections).where(isNotNull(ssoConnections.metadataUrl))) {
    const { organisationId, certificates, name } = await readMetadataAgain(db, row);
    if (certificates.join() === row.certificates.join()) continue;
    await recordAudit(db, {
      organisationId,
      actor: systemActor,
      action: "sso.certificatesChanged",
      target: `connection ${name}`,
      before: { certificates: row.certificates.length },
      after: { certificates: certificates.length },
    });
  }
}

async function recheckAll(): Promise<void> {
  const db = database();
  const { lost } = await recheckDomains(db);
  for (const { organisationId, domain } of lost) {
    await recordAudit(db, { organisationId, actor: systemActor, action: "sso.domainLost", target: `domain ${domain}` });
  }
}
