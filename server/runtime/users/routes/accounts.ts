import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { emptyAnswer } from "../../http/Answer.ts";
import { type Account, type AccountRow, accountOf, uuid } from "../accounts/Account.ts";
import { checkManager, checkRoles, manage, mayManage, notManaged } from "../accounts/administration.ts";
import { email } from "../accounts/email.ts";
import { chosenPassword } from "../passwords/chosenPassword.ts";
import { endSessions } from "../sessions/Sessions.ts";
import { type AuthCall, checked, ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";
import { profile } from "./fields.ts";

const roleNames = z.array(z.string().max(100)).max(100);

const listed = z.strictObject({
  email: email.optional(),
  userId: z.string().max(1000).optional(),
  after: z.string().regex(uuid, "Give the id that the page before ended with.").optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** `GET /auth/accounts?email=&userId=&after=&limit=`: those that the caller may manage. */
export const listAccounts: AuthRoute = {
  method: "GET",
  path: "/accounts",
  answer: async (call) => {
    const { users, request } = call;
    checkManager(users, request.actor);
    const given = Object.fromEntries(new URLSearchParams(request.query));
    const { email: address = null, userId = null, after = null, limit } = checked(listed, given);
    const rows = await users.own(
      (sql) => sql<AccountRow[]>`
        select * from gantry_accounts
        where (${address}::text is null or email = ${address}) and (${userId}::text is null or record = ${userId})
          and (${after}::uuid is null or id > ${after}::uuid)
        order by id limit ${String(limit + 1)}`,
    );
    const page = rows.slice(0, limit).map(accountOf);
    const seen: Account[] = [];
    for (const account of page) if (await mayManage(users, { actor: request.actor, account })) seen.push(account);
    const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
    return ownAnswer(200, { data: seen.map(shown), page: { next } });
  },
};

/** `GET /auth/accounts/:id` */
export const getAccount: AuthRoute = {
  method: "GET",
  path: "/accounts/:id",
  answer: async (call) => {
    const { users, request } = call;
    checkManager(users, request.actor);
    const account = await users.own((sql) => users.accounts.byId(sql, call.id()));
    if (!account || !(await mayManage(users, { actor: request.actor, account }))) throw notManaged();
    return ownAnswer(200, shown(account));
  },
};

const made = z.strictObject({
  email,
  emailVerified: z.boolean().default(false),
  password: z.string().max(1000).optional(),
  roles: roleNames.optional(),
  profile: profile.optional(),
  userId: z.string().max(1000).optional(),
});

/** `POST /auth/accounts`: an account at once, without a mail; for service keys. */
export const createAccount: AuthRoute = {
  method: "POST",
  path: "/accounts",
  answer: async (call) => {
    const { users } = call;
    checkService(call);
    const given = await call.read(made);
    checkRoles(users, given.roles);
    if (given.userId !== undefined && !(await users.records.exists(given.userId))) throw noRecord();
    const passwordHash = given.password === undefined ? null : await chosenPassword(users, given.password, given.email);
    const account = await users.own((sql) =>
      users.accounts.create(sql, {
        email: given.email,
        emailVerified: given.emailVerified,
        passwordHash,
        roles: given.roles ?? users.auth.defaultRoles ?? [],
        record: { profile: given.profile ?? {} },
        recordKey: given.userId ?? null,
      }),
    );
    return ownAnswer(201, shown(account));
  },
};

const changed = z.strictObject({ roles: roleNames.optional(), disabled: z.boolean().optional() });

/** `PATCH /auth/accounts/:id`: its roles, and whether it may be used; both at once for sessions that are open. */
export const changeAccount: AuthRoute = {
  method: "PATCH",
  path: "/accounts/:id",
  answer: async (call) => {
    const { users, request } = call;
    const { actor } = request;
    checkManager(users, actor);
    const changes = await call.read(changed);
    checkRoles(users, changes.roles);
    const { roles, disabled } = changes;
    const { account, ended } = await users.own(async (sql) => {
      const before = await users.accounts.byId(sql, call.id());
      if (!before) throw notManaged();
      await manage(users, { sql, actor, account: before, roles });
      const after = await users.accounts.change(sql, before.id, {
        ...(roles && { roles }),
        ...(disabled !== undefined && { disabled }),
      });
      return { account: after ?? before, ended: disabled ? await endSessions(sql, { account: before.id }) : [] };
    });
    users.changed.forget(null);
    users.changed.end(ended);
    return ownAnswer(200, shown(account));
  },
};

/** `DELETE /auth/accounts/:id`: its record stays; for service keys. */
export const deleteAccount: AuthRoute = {
  method: "DELETE",
  path: "/accounts/:id",
  answer: async (call) => {
    const { users } = call;
    checkService(call);
    const ended = await users.own(async (sql) => {
      const sessions = await endSessions(sql, { account: call.id() });
      if (!(await users.accounts.remove(sql, call.id()))) throw notManaged();
      return sessions;
    });
    users.changed.end(ended);
    return emptyAnswer(204);
  },
};

/** `POST /auth/accounts/:id/sign-out`: ends all its sessions. */
export const signOutAccount: AuthRoute = {
  method: "POST",
  path: "/accounts/:id/sign-out",
  answer: async (call) => {
    const { users, request } = call;
    const { actor } = request;
    checkManager(users, actor);
    const ended = await users.own(async (sql) => {
      const account = await users.accounts.byId(sql, call.id());
      if (!account) throw notManaged();
      await manage(users, { sql, actor, account });
      return endSessions(sql, { account: account.id });
    });
    users.changed.end(ended);
    return emptyAnswer(204);
  },
};

/** `POST /auth/keys/rotate`: access tokens that were signed so far are good no longer; for service keys. */
export const rotateKeys: AuthRoute = {
  method: "POST",
  path: "/keys/rotate",
  answer: async (call) => {
    checkService(call);
    await call.users.keys.replace();
    return emptyAnswer(204);
  },
};

function shown({ id, record, email: address, emailVerified, roles, passwordHash, ...rest }: Account) {
  const { disabledAt, createdAt, lastSignInAt } = rest;
  const hasPassword = passwordHash !== null;
  return { id, userId: record, email: address, emailVerified, roles, hasPassword, disabledAt, createdAt, lastSignInAt };
}

export function checkService({ request: { actor } }: AuthCall): void {
  if (actor.unrestricted) return;
  if (actor.kind === "anonymous")
    throw new AppError("unauthenticated", "Send a service key: Authorization: Bearer gk_….");
  throw new AppError("forbidden", "Only service keys may do this.");
}

export function noRecord(): AppError {
  const message = "There is no record with this key.";
  return new AppError("invalid_input", message, { fields: [{ field: "userId", rule: "exists", message }] });
}
