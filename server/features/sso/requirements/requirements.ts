import { eq } from "drizzle-orm";
import { organisations } from "#db/schema/organisations.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../../../access/Principal.ts";
import type { Connection } from "../../../database.ts";
import { hasEnabledConnection } from "../connections/service.ts";
import { verifiedDomains } from "../domains/service.ts";

/** Whether members of the organisation's domains must come by its provider, and whether that counts as two factors. */
export async function requireSso(
  db: Connection,
  organisationId: string,
  values: { readonly requiresSso: boolean; readonly ssoIsSecondFactor: boolean },
): Promise<void> {
  if (values.requiresSso && !(await hasEnabledConnection(db, organisationId))) {
    throw new AppError("conflict", "Switch a connection on first: nobody could come in otherwise.");
  }
  if (values.requiresSso && (await verifiedDomains(db, organisationId)).length === 0) {
    throw new AppError("conflict", "Verify a domain first: single sign-on is required of its addresses.");
  }
  await db.update(organisations).set(values).where(eq(organisations.id, organisationId));
}

/** Throws `conflict` where whoever asks would be kept out by it. */
export async function requireSecondFactor(
  db: Connection,
  who: Principal,
  {
    organisation,
    required,
  }: {
    readonly organisation: { readonly id: string; readonly ssoIsSecondFactor: boolean };
    readonly required: boolean;
  },
): Promise<void> {
  const hasShownTwo = who.secondFactor || (organisation.ssoIsSecondFactor && who.vouchedBy === organisation.id);
  if (required && !hasShownTwo) {
    const message =
      "Set up a second factor for yourself under Account, Security, and sign in with it first. Otherwise you would lock yourself out.";
    throw new AppError("conflict", message);
  }
  await db.update(organisations).set({ requiresSecondFactor: required }).where(eq(organisations.id, organisation.id));
}
