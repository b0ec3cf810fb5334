import type { ReactNode } from "react";
import { SecondFactorWall } from "#components/features/accounts/SecondFactorWall.tsx";
import { SsoWall } from "#components/features/sso/SsoWall.tsx";
import { AppError } from "#lib/errors/AppError.ts";
import { findAccess } from "#server/access/findAccess.ts";
import type { Principal } from "#server/access/Principal.ts";
import { currentPrincipal } from "#server/auth/session.ts";
import { database } from "#server/database.ts";

interface OrganisationLayoutProps {
  params: Promise<{ organisation: string }>;
  children: ReactNode;
}

/** An organisation's screens, or the way to sign in that it asks for. */
export default async function OrganisationLayout({ params, children }: OrganisationLayoutProps) {
  const { organisation } = await params;
  const who = await currentPrincipal();
  const wanting = who && (await wayInWanted(who, organisation));
  if (!wanting) return children;
  const { code, message } = wanting;
  if (code === "second_factor_required") return <SecondFactorWall message={message} />;
  return <SsoWall message={message} email={who.user.email} organisation={organisation} />;
}

/** What asks for it; null where nothing of that kind is in the way. */
async function wayInWanted(who: Principal, organisation: string): Promise<AppError | null> {
  try {
    await findAccess(database(), who, organisation);
  } catch (error) {
    // What does not exist for them is said by the pages.
    if (!(error instanceof AppError)) throw error;
    if (error.code === "second_factor_required" || error.code === "single_sign_on_required") return error;
  }
  return null;
}
