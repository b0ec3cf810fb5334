import { inngest } from "../../jobs/client.ts";
import { billingChanged } from "../../jobs/events.ts";
import { alone } from "./alone.ts";
import { type WrittenState, writeState } from "./writeState.ts";

/** Of each organisation the reading that has not begun yet; whoever asks meanwhile is content with it. */
const next = new Map<string, Promise<WrittenState | null>>();

/**
 * Brings the database to what Stripe says now. Many who ask at the same time share a reading that begins after they
 * asked, so that a burst of events costs two readings and no more than one connection.
 */
export async function syncSubscription(organisationId: string): Promise<WrittenState | null> {
  const shared = next.get(organisationId);
  if (shared) return await shared;
  const reading = read(organisationId, () => {
    if (next.get(organisationId) === reading) next.delete(organisationId);
  });
  next.set(organisationId, reading);
  return await reading;
}

async function read(organisationId: string, begin: () => void): Promise<WrittenState | null> {
  try {
    const written = await alone(organisationId, async (transaction) => {
      begin();
      return await writeState(transaction, organisationId);
    });
    if (written && written.changed.length > 0) await tell(organisationId);
    return written;
  } finally {
    begin();
  }
}

/** Asks the job for what follows from a change, such as mails. It also runs by itself: nothing rests on this. */
async function tell(organisationId: string): Promise<void> {
  await inngest.send(billingChanged.create({ organisationId })).catch(() => undefined);
}
