import type postgres from "postgres";
import type { Actor } from "#lib/plan/types.ts";
import type { TakenToken } from "../tokens/AccountTokens.ts";
import type { Users } from "../Users.ts";
import type { Account } from "./Account.ts";
import type { Profile } from "./UserRecords.ts";

/** Purpose of the tokens of invitations. */
export const invitationPurpose = "invitation";

/** The `data` of such a token. */
export interface Invitation {
  readonly profile: Profile;
  readonly roles: readonly string[];
  readonly userId: string | null;
  readonly action?: string;
  readonly invitedBy: Actor | null;
}

/** The account of somebody who accepts an invitation, which was taken from the database just before. */
export async function acceptedInvitation(
  users: Users,
  sql: postgres.TransactionSql,
  { taken, passwordHash }: { readonly taken: TakenToken; readonly passwordHash: string | null },
): Promise<Account> {
  const invitation = taken.data as unknown as Invitation;
  return users.accounts.create(sql, {
    email: taken.email,
    emailVerified: true,
    passwordHash,
    roles: invitation.roles,
    recordKey: invitation.userId,
    // Made as whoever invited: their policies were asked then, and are asked again.
    record: {
      profile: invitation.profile,
      ...(invitation.action !== undefined && { action: invitation.action }),
      ...(invitation.invitedBy && { actor: invitation.invitedBy }),
    },
  });
}
