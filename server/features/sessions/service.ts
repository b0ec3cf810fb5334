import { and, count, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { sessions } from "#db/schema/sessions.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { absoluteMilliseconds, idleMilliseconds, proofMilliseconds } from "./lifetimes.ts";
import { forgetSessionsOf, remembering } from "./rememberedSessions.ts";
import type { Visit } from "./Visit.ts";

export { forgetSessionsOf } from "./rememberedSessions.ts";

export type Session = typeof sessions.$inferSelect;

/** How somebody showed who they are. */
export type SignInMethod = Session["method"];

/** One that opens things now. */
export interface LiveSession {
  readonly id: string;
  readonly user: SessionUser;
  readonly secondFactor: boolean;
  /** The organisation whose own provider vouched for them, by id. */
  readonly organisationId: string | null;
}

const seenEvery = "5 minutes";

const live = () =>
  and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.lastSeenAt, sql`now() - make_interval(secs => ${idleMilliseconds / 1000})`),
  );

/**
 * Begins a session in place of the one that the browser had. Call it only once it is shown who it is; whoever may have
 * a second factor goes through server/auth/admit.ts, which asks for it.
 */
export async function startSession(
  db: Connection,
  given: {
    readonly userId: string;
    readonly method: SignInMethod;
    readonly organisationId: string | null;
    readonly secondFactor: boolean;
    readonly visit: Visit;
  },
): Promise<Session> {
  const { visit, secondFactor, ...rest } = given;
  if (visit.sessionId) await endWhere(db, eq(sessions.id, visit.sessionId));
  const [session] = await db
    .insert(sessions)
    .values({
      ...rest,
      address: visit.address,
      userAgent: visit.userAgent,
      deviceHash: visit.deviceHash,
      secondFactorAt: secondFactor ? sql`now()` : null,
      expiresAt: new Date(Date.now() + absoluteMilliseconds),
    })
    .returning();
  if (!session) throw new Error("An inserted row was not returned.");
  return session;
}

/** Whether the person has signed in before, and never with this browser. */
export async function isNewDevice(db: Connection, { id, userId, deviceHash }: Session): Promise<boolean> {
  const [found] = await db
    .select({
      others: count(),
      same: sql<number>`count(*) filter (where ${sessions.deviceHash} = ${deviceHash})::int`,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.id, id)));
  return found !== undefined && found.others > 0 && found.same === 0;
}

/** The session if it opens things; known for ten seconds, so that a screen's many requests ask once. */
export async function findLiveSession(db: Connection, id: string): Promise<LiveSession | null> {
  return await remembering(id, (asked) => readLiveSession(db, asked));
}

async function readLiveSession(db: Connection, id: string): Promise<LiveSession | null> {
  const [found] = await db
    .select({
      id: sessions.id,
      user: { id: users.id, email: users.email, name: users.name },
      secondFactor: sql<boolean>`${sessions.secondFactorAt} is not null`,
      organisationId: sessions.organisationId,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - ${seenEvery}::interval`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, id), live()));
  if (!found) return null;
  const { stale, ...session } = found;
  if (stale)
    await db
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(and(eq(sessions.id, id), live()));
  return session;
}

/** Those of a person that open things, the last seen first. */
export async function listSessions(db: Connection, userId: string): Promise<Session[]> {
  return await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), live()))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
}

/** Throws `not_found` where the person has no such session. */
export async function endSession(db: Connection, userId: string, id: string): Promise<void> {
  const ended = await endWhere(db, and(eq(sessions.id, id), eq(sessions.userId, userId)));
  if (ended === 0) throw new AppError("not_found", "This session has ended already.");
}

/** Ends all of a person's, but for one where given; tells how many. */
export async function endSessionsOf(db: Connection, userId: string, butFor: string | null = null): Promise<number> {
  return await endWhere(db, and(eq(sessions.userId, userId), butFor === null ? undefined : ne(sessions.id, butFor)));
}

/** Ends those that an organisation's own provider vouched for, of everybody or of one person; tells how many. */
export async function endSessionsVouchedBy(
  db: Connection,
  organisationId: string,
  userId: string | null = null,
): Promise<number> {
  const whose = userId === null ? undefined : eq(sessions.userId, userId);
  return await endWhere(db, and(eq(sessions.organisationId, organisationId), whose));
}

async function endWhere(db: Connection, which: ReturnType<typeof and>): Promise<number> {
  const ended = await db
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(which, isNull(sessions.endedAt)))
    .returning({ userId: sessions.userId });
  for (const userId of new Set(ended.map((session) => session.userId))) forgetSessionsOf(userId);
  return ended.length;
}

/** Whether who it is was shown so short a time ago that nothing asks for it anew. */
export async function isFresh(db: Connection, id: string): Promise<boolean> {
  const [found] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, id),
        live(),
        gt(sessions.provenAt, sql`now() - make_interval(secs => ${proofMilliseconds / 1000})`),
      ),
    );
  return found !== undefined;
}

/**
 * Notes that it was shown anew who it is, and gives the session another id, so that one that was stolen before is not
 * raised along. Throws `unauthenticated` where it has ended meanwhile.
 */
export async function renewSession(
  db: Connection,
  given: { readonly id: string; readonly secondFactor: boolean },
): Promise<Session> {
  const [session] = await db
    .update(sessions)
    .set({
      id: sql`uuidv7()`,
      provenAt: sql`now()`,
      ...(given.secondFactor && { secondFactorAt: sql`coalesce(${sessions.secondFactorAt}, now())` }),
    })
    .where(and(eq(sessions.id, given.id), live()))
    .returning();
  if (!session) throw new AppError("unauthenticated", "Sign in to go on.");
  forgetSessionsOf(session.userId);
  return session;
}

/** Takes back that a second factor was shown, for whoever has none any more. */
export async function forgetSecondFactor(db: Connection, userId: string): Promise<void> {
  await db.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.userId, userId));
  forgetSessionsOf(userId);
}
