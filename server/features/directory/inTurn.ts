import { eq } from "drizzle-orm";
import { organisations } from "#db/schema/organisations.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Transaction } from "../../database.ts";
import type { DirectoryScope } from "./DirectoryScope.ts";
import { ScimError } from "./ScimError.ts";

/**
 * A change in a transaction of its own. Changes to who is in an organisation take turns, those of people too, so that
 * what is counted and compared stays true until the end.
 */
export async function inTurn<Result>(
  { db, organisationId }: Pick<DirectoryScope, "db" | "organisationId">,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return await db.transaction(async (transaction) => {
    const [found] = await transaction
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.id, organisationId))
      .for("no key update");
    if (!found) throw new ScimError(404, "There is no such directory.");
    return await work(transaction);
  });
}

/** Refusals of other parts in the words of SCIM. */
export function asScimError(error: unknown): unknown {
  return error instanceof AppError ? new ScimError(error.status === 422 ? 400 : error.status, error.message) : error;
}
