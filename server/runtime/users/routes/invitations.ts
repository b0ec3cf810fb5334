import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { emptyAnswer } from "../../http/Answer.ts";
import { momentOf } from "../accounts/Account.ts";
import { taken } from "../accounts/Accounts.ts";
import { acceptedInvitation, type Invitation, invitationPurpose } from "../accounts/acceptedInvitation.ts";
import { checkManaging, checkRoles, invitingAs } from "../accounts/administration.ts";
import { email } from "../accounts/email.ts";
import { beginMail, handedOut, readRedirect, sendUserMail } from "../mails/sendUserMail.ts";
import { invited } from "../mails/texts.ts";
import { chosenPassword } from "../passwords/chosenPassword.ts";
import { completeSignIn } from "../sessions/completeSignIn.ts";
import { dropTokens, issueToken, peekToken, takeToken } from "../tokens/AccountTokens.ts";
import { ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";
import { checkService, noRecord } from "./accounts.ts";
import { deviceName, profile, redirect, tokenText } from "./fields.ts";

const purpose = invitationPurpose;
const seconds = 7 * 24 * 60 * 60;

const shape = z.strictObject({
  email,
  roles: z.array(z.string().max(100)).max(100).optional(),
  profile: profile.optional(),
  userId: z.string().max(1000).optional(),
  redirect,
  /** False: the token is in the answer, for whoever sends the mail themselves; for service keys. */
  send: z.boolean().default(true),
});

/**
 * `POST /auth/invitations`: by service keys, and by whoever may do the action `invite` of the users' resource. The record
 * is made when the invitation is accepted; whether it may be made is found out at once. Who invites somebody whose record
 * is there with the address must be allowed to manage their account. An earlier one to the same
 * address is good no longer.
 */
export const invite: AuthRoute = {
  method: "POST",
  path: "/invitations",
  rate: "mail",
  answer: async (call) => {
    const { users, request } = call;
    const given = await call.read(shape);
    const { roles, profile: about = {} } = given;
    const inviting = invitingAs(users, request.actor, roles);
    if (!given.send || given.userId !== undefined) checkService(call);
    checkRoles(users, roles);
    const page = readRedirect(users, given.redirect);
    if (given.userId !== undefined && !(await users.records.exists(given.userId))) throw noRecord();
    // Whoever is among the records already gets theirs.
    const userId = given.userId ?? (await users.own((sql) => users.records.withAddress(sql, given.email)));
    const values = { ...about, ...inviting.input };
    const action = inviting.action === undefined ? {} : { action: inviting.action };
    const as = inviting.actor === null ? {} : { actor: inviting.actor };
    if (userId === null) await users.records.check({ email: given.email, profile: values, ...action, ...as });
    else await checkManaging(users, { actor: request.actor, key: userId, roles });
    if (given.send) await beginMail(users, given.email);
    const issued = await users.own(async (sql) => {
      if (await users.accounts.byEmail(sql, given.email)) throw taken("email");
      await dropTokens(sql, purpose, { email: given.email });
      const data = JSON.parse(
        JSON.stringify({
          profile: values,
          roles: roles ?? users.auth.defaultRoles ?? [],
          userId,
          ...action,
          invitedBy: inviting.actor,
        }),
      ) as Readonly<Record<string, JsonValue>>;
      return issueToken(sql, { purpose, email: given.email, data, seconds });
    });
    if (given.send) {
      await sendUserMail(users, { to: given.email, ...invited(users.name, handedOut(issued.token, page)) });
    }
    const expiresAt = new Date(Date.now() + 1000 * seconds).toISOString();
    const secret = given.send ? {} : { token: issued.token };
    return ownAnswer(201, { id: issued.id, email: given.email, expiresAt, ...secret });
  },
};

const acceptance = z.strictObject({
  token: tokenText,
  password: z.string().max(1000).optional(),
  device: deviceName.optional(),
});

/** `POST /auth/invitations/accept` */
export const acceptInvitation: AuthRoute = {
  method: "POST",
  path: "/invitations/accept",
  rate: "guess",
  answer: async (call) => {
    const { users } = call;
    const { token, password, device } = await call.read(acceptance);
    const { email: address } = await users.own((sql) => peekToken(sql, purpose, token));
    const passwordHash = await chosenPassword(users, password, address);
    const account = await users.own(async (sql) =>
      acceptedInvitation(users, sql, { taken: await takeToken(sql, purpose, token), passwordHash }),
    );
    return ownAnswer(201, await completeSignIn(users, account, call.by(["mail"], device)));
  },
};

interface InvitationRow {
  readonly id: string;
  readonly email: string | null;
  readonly data: string;
  readonly created_at: string;
  readonly expires_at: string;
}

/** `GET /auth/invitations`: those that are open; for service keys. */
export const listInvitations: AuthRoute = {
  method: "GET",
  path: "/invitations",
  answer: async (call) => {
    checkService(call);
    const rows = await call.users.own(
      (sql) => sql<InvitationRow[]>`
        select id, email, data, created_at, expires_at from gantry_account_tokens
        where purpose = ${purpose} and expires_at > now() order by created_at desc, id limit 1000`,
    );
    const data = rows.map((row) => {
      const { roles } = JSON.parse(row.data) as Invitation;
      const [createdAt, expiresAt] = [momentOf(row.created_at), momentOf(row.expires_at)];
      return { id: row.id, email: row.email, roles, createdAt, expiresAt };
    });
    return ownAnswer(200, { data });
  },
};

/** `DELETE /auth/invitations/:id`: takes one back; for service keys. */
export const revokeInvitation: AuthRoute = {
  method: "DELETE",
  path: "/invitations/:id",
  answer: async (call) => {
    checkService(call);
    const id = call.id();
    const { count } = await call.users.own(
      (sql) => sql`delete from gantry_account_tokens where id = ${id} and purpose = ${purpose}`,
    );
    if (count === 0) throw new AppError("not_found", "There is no invitation with this id.");
    return emptyAnswer(204);
  },
};
