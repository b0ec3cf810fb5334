import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { logDefect } from "../../../log.ts";
import { deleteOrganisation, dueOrganisations } from "../deleteOrganisation.ts";

/** Deletes the organisations whose time of grace is over; one that was broken off goes on an hour later. */
export const deleteOrganisations = inngest.createFunction(
  {
    id: "delete-organisations",
    name: "Delete organisations",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "11 * * * *" }],
  },
  async ({ step }) => {
    const due = await step.run("due", () => dueOrganisations(database()));
    for (const id of due) await step.run(`delete ${id}`, () => deleteOne(id));
  },
);

async function deleteOne(id: string): Promise<boolean> {
  try {
    return await deleteOrganisation(database(), id);
  } catch (error) {
    // One that cannot be deleted must not keep the others waiting.
    logDefect("An organisation could not be deleted.", error, { organisationId: id });
    return false;
  }
}
