import { and, asc, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { mails } from "#db/schema/mails.ts";
import { database } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { logDefect } from "../../log.ts";
import { sendKept } from "./sendWrittenMail.ts";

const most = 50;
/** Whoever has tried in vain for so long reads what it was about on a screen. */
const forgottenAfter = "3 days";

/** Sends mails that nobody has asked to send, because the job engine was away when they were written. */
export const sendForgottenMails = inngest.createFunction(
  { id: "send-forgotten-mails", retries: 0, triggers: [{ cron: "*/10 * * * *" }] },
  async ({ step }) => {
    await step.run("send", () => sendForgotten());
  },
);

/** Tells how many have left. */
export async function sendForgotten(): Promise<number> {
  const db = database();
  await db.delete(mails).where(lt(mails.createdAt, sql`now() - interval '90 days'`));
  const left = await db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        isNull(mails.sentAt),
        isNotNull(mails.textSealed),
        lt(mails.createdAt, sql`now() - interval '2 minutes'`),
        sql`${mails.createdAt} > now() - ${forgottenAfter}::interval`,
      ),
    )
    .orderBy(asc(mails.createdAt))
    .limit(most);
  let sent = 0;
  for (const { id } of left) {
    try {
      await sendKept(id);
      sent += 1;
    } catch (error) {
      logDefect("A mail that was forgotten could not be sent.", error);
    }
  }
  return sent;
}
