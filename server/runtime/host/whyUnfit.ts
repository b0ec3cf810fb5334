import { hasEncrypted } from "../encryption/encryptedPlaces.ts";
import { missingParts } from "../exec/checkTables.ts";
import { logDefect } from "../log.ts";
import type { Environment } from "./Environment.ts";

/** Why a release cannot be served, as a public sentence; null when it can. */
export async function whyUnfit({ app, database, spec, cipher }: Environment): Promise<string | null> {
  if (!cipher && hasEncrypted(app.catalog)) {
    return "The model has encrypted attributes, but the environment has no key for them. Deploy it again.";
  }
  try {
    const missing = await missingParts(app.catalog, database);
    if (missing.length === 0) return null;
    const named = missing.slice(0, 5).join(", ");
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : "";
    return `The database has no place for ${named}${more}. Bring its schema up to the model first.`;
  } catch (error) {
    logDefect("A database could not be asked for its tables.", error, { environment: spec.id });
    return "The database of this environment cannot be reached with the given address.";
  }
}
