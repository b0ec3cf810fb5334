import { eq } from "drizzle-orm";
import { environmentHolds } from "#db/schema/usage.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../database.ts";
import { logDefect } from "../../log.ts";
import { tellLive, withSpecLock } from "../deployments/service.ts";
import type { Hold } from "./wantedHolds.ts";

/**
 * Brings what the runtimes were told to hold back to what is wanted. Each environment for itself: what is kept is what
 * its runtime has taken, and one that does not answer is told the next time.
 */
export async function keepHolds(wanted: ReadonlyMap<string, Hold>): Promise<void> {
  const known = await database().select().from(environmentHolds);
  const before = new Map(known.map(({ environmentId, ...hold }) => [environmentId, hold]));
  for (const environmentId of new Set([...before.keys(), ...wanted.keys()])) {
    const [was, is] = [before.get(environmentId), wanted.get(environmentId)];
    if (was && is ? was.writes === is.writes && was.processes === is.processes : was === is) continue;
    try {
      await keepHold(environmentId, is ?? null);
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") await forget(environmentId);
      else logDefect("A runtime could not be told what to hold back.", error, { environmentId });
    }
  }
}

async function keepHold(environmentId: string, hold: Hold | null): Promise<void> {
  await withSpecLock(environmentId, async (transaction, environment) => {
    await transaction.delete(environmentHolds).where(eq(environmentHolds.environmentId, environmentId));
    if (hold) await transaction.insert(environmentHolds).values({ environmentId, ...hold });
    await tellLive(transaction, environment);
  });
}

async function forget(environmentId: string): Promise<void> {
  await database().delete(environmentHolds).where(eq(environmentHolds.environmentId, environmentId));
}
