import { eq } from "drizzle-orm";
import { users } from "#db/schema/users.ts";
import { printSources } from "#lib/model/print/printSources.ts";
import { appReadme } from "#lib/model/starter/appReadme.ts";
import { starterFiles } from "#lib/model/starter/starterFiles.ts";
import { database } from "../../../database.ts";
import type { Author } from "../../repository/service.ts";
import { createRepository } from "../../repository/service.ts";
import { beginStep, required } from "./ImportRow.ts";

/** Makes the project's repository with the model as its first commit; done once, it stays as it is. */
export async function saveStep(id: string): Promise<void> {
  const row = await beginStep(id, "save");
  const { model } = required(row.plan, "plan");
  await createRepository({
    projectId: row.projectId,
    files: { ...starterFiles, ...printSources(model), "README.md": appReadme(model.app.name) },
    author: await authorOf(row.requestedBy),
    message: `Import ${model.app.name} from a database`,
  });
}

async function authorOf(userId: string | null): Promise<Author> {
  const [user] = userId
    ? await database().select({ name: users.name, email: users.email }).from(users).where(eq(users.id, userId))
    : [];
  return user ?? { name: "Gantry", email: "gantry@localhost" };
}
