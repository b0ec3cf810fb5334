import type { Connection } from "../database.ts";
import { askToSend, keepMail, type Mail } from "./sendMail.ts";

/**
 * Sends a mail that nothing waits for: it is kept at once, so that it cannot be lost, and how long the job engine takes
 * to hear of it tells nobody whether there was somebody to write to.
 */
export async function tellOwner(db: Connection, mail: Mail): Promise<void> {
  const id = await keepMail(db, mail);
  // One that could not be asked for is found by the job that looks for those.
  void askToSend(id).catch(() => {});
}
