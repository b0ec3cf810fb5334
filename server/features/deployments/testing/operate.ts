// A program of its own for the tests that kill it: does at argv[2] what a person asks for of the environment at argv[3].
import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { database } from "#server/database.ts";
import { promote, rollback } from "../service.ts";

const [, , operation, environmentId = "", subject = ""] = process.argv;
const decision = { userId: null, reason: null };
if (operation === "promote") await promote(environmentId, subject, decision);
else {
  const [environment] = await database().select().from(environments).where(eq(environments.id, environmentId));
  if (!environment) throw new Error("The environment is gone.");
  await rollback(database(), environment, { ...decision, release: Number(subject) });
}
process.exit(0);
