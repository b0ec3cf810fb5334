import { lt, or, sql } from "drizzle-orm";
import { passkeyChallenges } from "#db/schema/factors.ts";
import { mailedLinks } from "#db/schema/mailedLinks.ts";
import { sessions } from "#db/schema/sessions.ts";
import { signIns } from "#db/schema/signIns.ts";
import type { Connection } from "../../../database.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { keptMilliseconds } from "../lifetimes.ts";

/** Clears away what signing in leaves behind: sessions long over, and links and challenges that nobody used. */
export const sweepSessions = inngest.createFunction(
  { id: "sweep-sessions", retries: 2, triggers: [{ cron: "23 3 * * *" }] },
  async ({ step }) => {
    await step.run("sweep", () => sweepSignIns(database()));
  },
);

export async function sweepSignIns(db: Connection): Promise<void> {
  const before = sql`now() - make_interval(secs => ${keptMilliseconds / 1000})`;
  await db.delete(sessions).where(or(lt(sessions.endedAt, before), lt(sessions.expiresAt, before)));
  const over = sql`now() - interval '1 day'`;
  await db.delete(signIns).where(lt(signIns.expiresAt, over));
  await db.delete(mailedLinks).where(lt(mailedLinks.expiresAt, over));
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, over));
}
