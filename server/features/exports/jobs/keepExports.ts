import { readdir, rm } from "node:fs/promises";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { organisationExports } from "#db/schema/organisationExports.ts";
import { organisations } from "#db/schema/organisations.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { exportsFolder, folderOf } from "../places.ts";
import { announceExport, removeExport } from "../requestExport.ts";

/** Deletes archives whose time is over and what organisations that are gone have left; asks again for forgotten ones. */
export const keepExports = inngest.createFunction(
  { id: "keep-exports", name: "Delete old exports", retries: 0, concurrency: 1, triggers: [{ cron: "*/10 * * * *" }] },
  async ({ step }) => {
    await step.run("forgotten", announceForgotten);
    await step.run("expired", sweepExpired);
    await step.run("leftovers", sweepLeftovers);
  },
);

async function announceForgotten(): Promise<number> {
  const isForgotten = and(
    eq(organisationExports.state, "running"),
    isNull(organisationExports.rows),
    lt(organisationExports.createdAt, sql`now() - interval '1 minute'`),
  );
  const forgotten = await database().select().from(organisationExports).where(isForgotten);
  for (const row of forgotten) await announceExport(row);
  return forgotten.length;
}

/** Answers how many there were. */
export async function sweepExpired(): Promise<number> {
  const db = database();
  const expired = await db.select().from(organisationExports).where(lt(organisationExports.expiresAt, sql`now()`));
  for (const row of expired) await removeExport(db, row);
  return expired.length;
}

async function sweepLeftovers(): Promise<void> {
  for (const name of await readdir(exportsFolder()).catch(() => [])) {
    if (!/^[0-9a-f-]{36}$/.test(name)) continue;
    if ((await database().$count(organisations, eq(organisations.id, name))) > 0) continue;
    await rm(folderOf(name), { recursive: true, force: true });
  }
}
