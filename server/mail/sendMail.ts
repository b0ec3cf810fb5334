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
export async function sendMail(db: Connection, { to, subject, text }: Mail): Promise<void> {
  // Requests of an organisation may add mails and see none, not even what they have added.
  const id = crypto.randomUUID();
  await db.insert(mails).values({ id, recipient: to, subject, textSealed: seal(text) });
  await inngest.send(mailWritten.create({ mailId: id }, { id }));
}
