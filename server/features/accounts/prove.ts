import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry, forgetTries } from "../../http/rateLimit.ts";
import { factorProof, findFactors, requireFactor } from "../factors/service.ts";
import { renewSession, type Session } from "../sessions/service.ts";
import { givenPassword } from "./password.ts";
import { verifyPassword } from "./passwordHash.ts";

export const proof = z.union([z.object({ kind: z.literal("password"), password: givenPassword }), factorProof]);

export type ProofKind = z.infer<typeof proof>["kind"];

/** What somebody can show: their password alone only where there is no second factor, or this session has shown it. */
export async function proofKinds(
  db: Connection,
  userId: string,
  hasShownFactor: boolean,
): Promise<readonly ProofKind[]> {
  const [user] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId));
  const { codeApp, passkeys, recoveryCodes } = await findFactors(db, userId);
  const hasFactor = codeApp !== null || passkeys.length > 0;
  return [
    ...(passkeys.length > 0 ? (["passkey"] as const) : []),
    ...(codeApp ? (["code"] as const) : []),
    ...(user?.hash && (!hasFactor || hasShownFactor) ? (["password"] as const) : []),
    ...(hasFactor && recoveryCodes > 0 ? (["recovery"] as const) : []),
  ];
}

/** Shows once more that it is them. The session goes on under another id. */
export async function prove(
  db: Database,
  given: {
    readonly user: SessionUser;
    readonly sessionId: string;
    readonly hasShownFactor: boolean;
    readonly proof: z.infer<typeof proof>;
  },
): Promise<Session> {
  const { user, sessionId: id, hasShownFactor, proof: shown } = given;
  if (shown.kind !== "password") {
    await requireFactor(db, { user, proof: shown });
    return await renewSession(db, { id, secondFactor: true });
  }
  if (!(await proofKinds(db, user.id, hasShownFactor)).includes("password")) {
    throw new AppError("second_factor_required", "Show your second factor.");
  }
  const limits = [limitOf("proof:account", user.id)];
  await countTry(db, limits);
  const [found] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, user.id));
  if (!(await verifyPassword(shown.password, found?.hash))) {
    const message = "This password is not right.";
    throw new AppError("invalid_input", message, { fields: [{ field: "password", rule: "invalid", message }] });
  }
  await forgetTries(db, limits);
  return await renewSession(db, { id, secondFactor: false });
}
