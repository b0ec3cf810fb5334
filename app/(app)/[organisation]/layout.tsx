import type { ReactNode } from "react";
import { SecondFactorWall } from "#components/features/accounts/SecondFactorWall.tsx";
import { AppError } from "#lib/errors/AppError.ts";
import { findAccess } from "#server/access/findAccess.ts";
import { currentPrincipal } from "#server/auth/session.ts";
import { database } from "#server/database.ts";

interface OrganisationLayoutProps {
  params: Promise<{ organisation: string }>;
  children: ReactNode;
}

/** An organisation's screens, or the way to the second factor that it asks for. */
export default async function OrganisationLayout({ params, children }: OrganisationLayoutProps) {
  const { organisation } = await params;
  const wanting = await secondFactorWanted(organisation);
  return wanting === null ? children : <SecondFactorWall message={wanting} />;
}

/** The sentence that asks for it; null where nothing of that kind is in the way. */
async function secondFactorWanted(organisation: string): Promise<string | null> {
  const who = await currentPrincipal();
  if (!who) return null;
  try {
    await findAccess(database(), who, organisation);
  } catch (error) {
    if (error instanceof AppError && error.code === "second_factor_required") return error.message;
    // What does not exist for them is said by the pages.
    if (!(error instanceof AppError)) throw error;
  }
  return null;
}
