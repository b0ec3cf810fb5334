import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { findOrganisation } from "../organisations/service.ts";

/** Id of the only organisation that a token is to open, by its slug; null for all of the person's. */
export async function onlyOrganisation(db: Connection, userId: string, slug: string | null): Promise<string | null> {
  if (slug === null) return null;
  try {
    return (await findOrganisation(db, userId, slug)).organisation.id;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw new AppError("invalid_input", error.message, {
      fields: [{ field: "only", rule: "exists", message: error.message }],
    });
  }
}
