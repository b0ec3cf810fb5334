import { mails } from "#db/schema/mails.ts";
import type { Connection } from "../database.ts";
import { inngest } from "../jobs/client.ts";
import { mailWritten } from "../jobs/events.ts";
import { seal } from "../secrets/seal.ts";

/** A mail of the installation to one person, in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Keeps the mail and asks a job to send it, which tries again while the mail server is away. Where the installation
 * has none, it is written to the folder `mail` of GANTRY_DATA instead. Call it after the transaction that it tells of.
 */
export async function sendMail(db: Connection, mail: Mail): Promise<void> {
  await askToSend(await keepMail(db, mail));
}

/** Keeps the mail alone, also within a transaction; a job that looks now and then sends what nobody has asked to send. */
export async function keepMail(db: Connection, { to, subject, text }: Mail): Promise<string> {
  const [mail] = await db
    .insert(mails)
    .values({ recipient: to, subject, textSealed: seal(text) })
    .returning({ id: mails.id });
  if (!mail) throw new Error("An inserted row was not returned.");
  return mail.id;
}

export async function askToSend(mailId: string): Promise<void> {
  await inngest.send(mailWritten.create({ mailId }, { id: mailId }));
}
