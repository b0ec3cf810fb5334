import { inArray } from "drizzle-orm";
import { imports } from "#db/schema/imports.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { dropScratch, listScratch, scratchName } from "../scratch/ScratchDatabase.ts";

/** Drops scratch databases whose import is over or gone, as after a crash at a bad moment. */
export const sweepImports = inngest.createFunction(
  { id: "sweep-imports", name: "Drop scratch databases that are left over", triggers: [{ cron: "17 * * * *" }] },
  async ({ step }) => {
    await step.run("drop", sweepScratch);
  },
);

export async function sweepScratch(): Promise<void> {
  // Listed first: what is made after that belongs to an import that is found below.
  const names = await listScratch();
  const running = await database()
    .select({ id: imports.id })
    .from(imports)
    .where(inArray(imports.state, ["queued", "running"]));
  const needed = new Set(running.map(({ id }) => scratchName(id)));
  for (const name of names) if (!needed.has(name)) await dropScratch(name);
}
