import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { IdentityProvider } from "#lib/model/processTypes.ts";
import type { Account } from "../accounts/Account.ts";
import { acceptedInvitation, invitationPurpose } from "../accounts/acceptedInvitation.ts";
import { email as emailSchema } from "../accounts/email.ts";
import { toldWhatIsMissing } from "../accounts/toldWhatIsMissing.ts";
import { rolesIn } from "../issuers/claimAt.ts";
import { checkEnabled } from "../sessions/completeSignIn.ts";
import { type TakenToken, takeToken, takeTokenOf } from "../tokens/AccountTokens.ts";
import type { Users } from "../Users.ts";
import type { Identity } from "./ProviderClient.ts";
import { profileOf } from "./profileOf.ts";

export interface Arrival {
  readonly provider: IdentityProvider;
  readonly identity: Identity;
  /** Token of an invitation that somebody came with. */
  readonly invitation: string | null;
}

/**
 * The account of somebody whom a provider has signed in: the one that the provider's identity belongs to, else the one
 * with the address that the provider has verified, else a new one where that may be. Throws AppError that says what to
 * do where it is none of them.
 */
export async function accountFor(users: Users, sql: postgres.TransactionSql, arrival: Arrival): Promise<Account> {
  const account = (await knownAccount(users, sql, arrival)) ?? (await newlyKnown(users, sql, arrival));
  checkEnabled(account);
  return account;
}

async function knownAccount(users: Users, sql: postgres.TransactionSql, arrival: Arrival): Promise<Account | null> {
  const { provider, identity } = arrival;
  const rows = await sql<{ account: string }[]>`
    select account from gantry_identities where issuer = ${provider.issuer} and subject = ${identity.subject}`;
  const account = rows[0] ? await users.accounts.byId(sql, rows[0].account) : null;
  return account && withRoles(users, sql, { account, roles: rolesNow(users, account, arrival) });
}

async function newlyKnown(users: Users, sql: postgres.TransactionSql, arrival: Arrival): Promise<Account> {
  const { provider, identity } = arrival;
  const address = emailSchema.safeParse(identity.email ?? "");
  // The same for addresses that are known and that are not: anybody may claim any at some providers.
  if (identity.email !== null && identity.deniesEmail) {
    throw new AppError(
      "forbidden",
      "The provider has not confirmed your address. Confirm it there, then sign in again.",
    );
  }
  const email = identity.emailVerified && address.success ? address.data : null;
  const found = email === null ? null : await users.accounts.byEmail(sql, email);
  if (found && !found.emailVerified) {
    // Whoever made that account has perhaps never read the mail of this address.
    throw new AppError(
      "conflict",
      "There is an account with this address that was never confirmed. Open the link in the mail that it was sent, or set its password anew, then sign in again.",
    );
  }
  const account = found
    ? await withRoles(users, sql, { account: found, roles: rolesNow(users, found, arrival) })
    : await newAccount(users, sql, { arrival, email });
  const { count } = await sql`
    insert into gantry_identities (provider, issuer, subject, account)
    values (${provider.name}, ${provider.issuer}, ${identity.subject}, ${account.id}) on conflict do nothing`;
  // The same person has come in another window at the same time: who that is will be found now.
  if (count === 0) throw new AppError("conflict", "Another sign-in was in the way. Start it again.");
  return account;
}

async function newAccount(
  users: Users,
  sql: postgres.TransactionSql,
  { arrival, email }: { readonly arrival: Arrival; readonly email: string | null },
): Promise<Account> {
  const taken = await invitationOf(sql, arrival.invitation, email);
  if (taken) {
    const account = await acceptedInvitation(users, sql, { taken, passwordHash: null });
    return withRoles(users, sql, { account, roles: rolesNow(users, account, arrival) });
  }
  if (users.auth.signUp !== "open") {
    throw new AppError("forbidden", "Only those who were invited can have an account. Ask whoever runs the app.");
  }
  const roles = [...new Set([...(users.auth.defaultRoles ?? []), ...claimed(users, arrival)])];
  const record = profileOf(users, arrival.identity.claims);
  return toldWhatIsMissing(users.accounts.create(sql, { email, emailVerified: email !== null, roles, record }));
}

/** The invitation that somebody came with, or else one to the address that the provider has verified. */
async function invitationOf(
  sql: postgres.TransactionSql,
  token: string | null,
  email: string | null,
): Promise<TakenToken | null> {
  if (token !== null) return takeToken(sql, invitationPurpose, token);
  return email === null ? null : takeTokenOf(sql, invitationPurpose, email);
}

function claimed(users: Users, { provider, identity }: Arrival): readonly string[] {
  return rolesIn(identity.claims, provider.roles, users.roles);
}

/**
 * What the provider says of roles goes for those that it speaks of: those of its map, or without one all but those that
 * everybody has.
 */
function rolesNow(users: Users, { roles }: Account, arrival: Arrival): readonly string[] {
  const { roles: from } = arrival.provider;
  if (!from) return roles;
  const spokenOf = from.map
    ? Object.values(from.map)
    : users.roles.filter((role) => !users.auth.defaultRoles?.includes(role));
  const kept = roles.filter((role) => !spokenOf.includes(role));
  return [...new Set([...kept, ...claimed(users, arrival)])];
}

async function withRoles(
  users: Users,
  sql: postgres.TransactionSql,
  { account, roles }: { readonly account: Account; readonly roles: readonly string[] },
): Promise<Account> {
  const isSame = roles.length === account.roles.length && roles.every((role) => account.roles.includes(role));
  return isSame ? account : ((await users.accounts.change(sql, account.id, { roles })) ?? account);
}
