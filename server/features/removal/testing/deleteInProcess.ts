import { database } from "#server/database.ts";
import { deleteOrganisation } from "../deleteOrganisation.ts";

// Deletes the organisation that is named, as a process of its own that can be killed.
await deleteOrganisation(database(), process.argv[2] ?? "");
await database().$client.end();
