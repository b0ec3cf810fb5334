import { and, count, desc, eq, isNotNull } from "drizzle-orm";
import { codeApps, passkeys, recoveryCodes } from "#db/schema/factors.ts";
import type { Connection } from "../../database.ts";

/** What somebody can show besides their password. */
export interface Factors {
  /** When an application that shows codes was set up and last used; null: none is. */
  readonly codeApp: { readonly createdAt: Date; readonly lastUsedAt: Date | null } | null;
  readonly passkeys: readonly PasskeyShown[];
  /** How many recovery codes are left. */
  readonly recoveryCodes: number;
}

export interface PasskeyShown {
  readonly id: string;
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export async function findFactors(db: Connection, userId: string): Promise<Factors> {
  const [codeApp] = await db
    .select({ createdAt: codeApps.createdAt, lastUsedAt: codeApps.lastUsedAt })
    .from(codeApps)
    .where(and(eq(codeApps.userId, userId), isNotNull(codeApps.confirmedAt)));
  const { id, name, backedUp, createdAt, lastUsedAt } = passkeys;
  const keys = await db
    .select({ id, name, backedUp, createdAt, lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(desc(passkeys.createdAt));
  const [codes] = await db.select({ left: count() }).from(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  return { codeApp: codeApp ?? null, passkeys: keys, recoveryCodes: codes?.left ?? 0 };
}

/** Whether signing in asks for more than a password: recovery codes alone do not count. */
export async function hasSecondFactor(db: Connection, userId: string): Promise<boolean> {
  const factors = await findFactors(db, userId);
  return factors.codeApp !== null || factors.passkeys.length > 0;
}
