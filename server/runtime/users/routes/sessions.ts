import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { emptyAnswer } from "../../http/Answer.ts";
import { momentOf } from "../accounts/Account.ts";
import { endSessions } from "../sessions/Sessions.ts";
import { ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";

interface SessionRow {
  readonly id: string;
  readonly device: string | null;
  readonly address: string | null;
  readonly methods: string;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
}

/** `GET /auth/sessions`: where one is signed in, the latest first. */
export const listSessions: AuthRoute = {
  method: "GET",
  path: "/sessions",
  answer: async (call) => {
    const { id } = await call.account();
    const rows = await call.users.own(
      (sql) => sql<SessionRow[]>`
        select id, device, address, methods, created_at, last_used_at, expires_at from gantry_sessions
        where account = ${id} and revoked_at is null and expires_at > now() order by last_used_at desc limit 200`,
    );
    const data = rows.map((row) => ({
      id: row.id,
      isCurrent: row.id === call.request.session?.id,
      device: row.device,
      address: row.address,
      methods: JSON.parse(row.methods) as readonly string[],
      createdAt: momentOf(row.created_at),
      lastUsedAt: momentOf(row.last_used_at),
      expiresAt: momentOf(row.expires_at),
    }));
    return ownAnswer(200, { data });
  },
};

/** `DELETE /auth/sessions/:id`: signs another device out. */
export const endSession: AuthRoute = {
  method: "DELETE",
  path: "/sessions/:id",
  answer: async (call) => {
    const account = await call.account();
    const session = call.id();
    const ended = await call.users.own(async (sql) => {
      const own = await sql`select 1 as one from gantry_sessions where id = ${session} and account = ${account.id}`;
      if (own.length === 0) throw new AppError("not_found", "There is no session with this id.");
      return endSessions(sql, { session });
    });
    call.users.changed.end(ended);
    return emptyAnswer(204);
  },
};

const given = z.strictObject({ refreshToken: z.string().max(200).optional() });

/** `POST /auth/sign-out`: ends the session of the access token, and that of the refresh token. */
export const signOut: AuthRoute = {
  method: "POST",
  path: "/sign-out",
  answer: async (call) => {
    const { users, request } = call;
    const { refreshToken } = await call.read(given);
    const { session } = request;
    if (refreshToken === undefined && !session) {
      throw new AppError("unauthenticated", "Send the refresh token, or an access token: Authorization: Bearer eyJ….");
    }
    if (refreshToken !== undefined) await users.sessions.endBy(refreshToken);
    if (session) users.changed.end(await users.own((sql) => endSessions(sql, { session: session.id })));
    return emptyAnswer(204);
  },
};

/** `POST /auth/sign-out-everywhere` */
export const signOutEverywhere: AuthRoute = {
  method: "POST",
  path: "/sign-out-everywhere",
  answer: async (call) => {
    const { id } = await call.account();
    call.users.changed.end(await call.users.own((sql) => endSessions(sql, { account: id })));
    return emptyAnswer(204);
  },
};
