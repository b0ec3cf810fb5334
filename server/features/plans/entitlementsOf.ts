import type { Connection } from "../../database.ts";
import { type Entitlements, entitlementsIn } from "./Entitlements.ts";
import { planOf, plansOf } from "./planOf.ts";

/** What an organisation has now. */
export async function entitlementsOf(db: Connection, organisationId: string): Promise<Entitlements> {
  return entitlementsIn(await planOf(db, organisationId));
}

/** The same of many, by their ids. */
export async function entitlementsOfAll(
  db: Connection,
  organisationIds: readonly string[],
): Promise<ReadonlyMap<string, Entitlements>> {
  const plans = await plansOf(db, organisationIds);
  return new Map([...plans].map(([id, plan]) => [id, entitlementsIn(plan)]));
}
