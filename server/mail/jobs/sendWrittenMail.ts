import { eq } from "drizzle-orm";
import { mails } from "#db/schema/mails.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { mailWritten } from "../../jobs/events.ts";
import { unseal } from "../../secrets/seal.ts";
import { deliver } from "../deliver.ts";

/** Sends a mail that was kept; its text goes away with it. Repeated, it sends what has not left. */
export const sendWrittenMail = inngest.createFunction(
  { id: "send-mail", retries: 10, triggers: [mailWritten] },
  async ({ event, step }) => {
    await step.run("send", () => sendKept(event.data.mailId));
  },
);

/** Sends it unless it has left. Throws `unavailable` where the mail server does not take it. */
export async function sendKept(id: string): Promise<void> {
  const db = database();
  const [mail] = await db.select().from(mails).where(eq(mails.id, id));
  if (!mail?.textSealed) return;
  try {
    await deliver({ id, to: mail.recipient, subject: mail.subject, text: unseal(mail.textSealed) });
  } catch (error) {
    const failure = error instanceof AppError ? error.message : "The mail could not be sent.";
    await db.update(mails).set({ failure }).where(eq(mails.id, id));
    throw error;
  }
  await db.update(mails).set({ textSealed: null, failure: null, sentAt: new Date() }).where(eq(mails.id, id));
}
