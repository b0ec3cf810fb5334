import { eq } from "drizzle-orm";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { forgetSessionsOf } from "../sessions/service.ts";

/** What a person sees of their own account. */
export async function findProfile(db: Connection, userId: string) {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (!user) throw new AppError("unauthenticated", "Sign in to go on.");
  const { id, email, name, emailVerifiedAt, createdAt, passwordHash } = user;
  return { id, email, name, emailVerifiedAt, createdAt, hasPassword: passwordHash !== null };
}

export async function renameAccount(db: Connection, userId: string, name: string): Promise<void> {
  await db.update(users).set({ name }).where(eq(users.id, userId));
  forgetSessionsOf(userId);
}
