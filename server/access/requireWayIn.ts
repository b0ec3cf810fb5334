import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../database.ts";
import type { Membership, Organisation } from "../features/organisations/service.ts";
import { entitlementsOf } from "../features/plans/service.ts";
import { isOwnAddress } from "../features/sso/service.ts";
import type { Principal } from "./Principal.ts";

/**
 * Throws where the organisation asks for another way of signing in than theirs: `single_sign_on_required` or
 * `second_factor_required`. Owners come in without its provider too, so that nobody is locked out when it fails; tokens
 * were made by somebody who had come in.
 */
export async function requireWayIn(
  db: Connection,
  who: Principal,
  { organisation, membership }: { readonly organisation: Organisation; readonly membership: Membership },
): Promise<void> {
  const isVouchedFor = who.vouchedBy === organisation.id;
  if (organisation.requiresSso && !isVouchedFor && who.by === "session" && membership.role !== "owner") {
    // Guests of other domains have no account at its provider, and where the plan has none, nobody could come by it.
    const { features } = await entitlementsOf(db, organisation.id);
    if (features.includes("sso") && (await isOwnAddress(db, organisation.id, who.user.email))) {
      throw new AppError("single_sign_on_required", `${organisation.name} asks you to sign in with single sign-on.`);
    }
  }
  const hasShownTwo = who.secondFactor || (isVouchedFor && organisation.ssoIsSecondFactor);
  if (organisation.requiresSecondFactor && !hasShownTwo) {
    throw new AppError(
      "second_factor_required",
      `${organisation.name} asks for a second factor. Set one up under Account, Security, or sign in with it.`,
    );
  }
  if (who.credentialLasts && !organisation.allowsLastingTokens) {
    throw new AppError(
      "forbidden",
      `${organisation.name} asks for tokens that expire. Make one that does under Tokens.`,
    );
  }
}
