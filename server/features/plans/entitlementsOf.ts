import type { Connection } from "../../database.ts";
import { type Entitlements, entitlementsIn } from "./Entitlements.ts";
import { planOf } from "./planOf.ts";

/** What an organisation has now. */
export async function entitlementsOf(db: Connection, organisationId: string): Promise<Entitlements> {
  return entitlementsIn(await planOf(db, organisationId));
}
