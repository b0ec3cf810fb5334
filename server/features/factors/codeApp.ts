import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { encode } from "uqr";
import { codeApps } from "#db/schema/factors.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { seal, unseal } from "../../secrets/seal.ts";
import { enrolmentAddress, newSecret, stepOf } from "./timeCodes.ts";

export interface Enrolment {
  /** In base 32, to be typed where no picture can be read. */
  readonly secret: string;
  /** `otpauth://…`, as the picture says it. */
  readonly address: string;
  /** The picture: `path` draws its dark squares on a square of `size` units. */
  readonly picture: { readonly size: number; readonly path: string };
}

/** Gives an application a secret; it is a factor once a first code of it was typed. */
export async function beginCodeApp(db: Connection, user: SessionUser): Promise<Enrolment> {
  const secret = newSecret();
  const fresh = { secretSealed: seal(secret), lastStep: 0, createdAt: sql`now()` };
  const [begun] = await db
    .insert(codeApps)
    .values({ userId: user.id, ...fresh })
    .onConflictDoUpdate({ target: codeApps.userId, set: fresh, setWhere: isNull(codeApps.confirmedAt) })
    .returning({ userId: codeApps.userId });
  if (!begun) throw new AppError("conflict", "An application for codes is set up already. Remove it first.");
  const address = enrolmentAddress(secret, user.email);
  return { secret, address, picture: draw(address) };
}

function draw(text: string): Enrolment["picture"] {
  const { size, data } = encode(text, { border: 2, ecc: "M" });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join("") };
}

/** Whether the code was right, which makes the application a factor. */
export async function confirmCodeApp(db: Connection, userId: string, code: string): Promise<boolean> {
  return await takeCode(db, { userId, code, confirming: true });
}

/** Whether the code is right; a code, and all before it, is taken once. */
export async function checkCode(db: Connection, userId: string, code: string): Promise<boolean> {
  return await takeCode(db, { userId, code, confirming: false });
}

async function takeCode(
  db: Connection,
  { userId, code, confirming }: { readonly userId: string; readonly code: string; readonly confirming: boolean },
): Promise<boolean> {
  const confirmed = confirming ? isNull(codeApps.confirmedAt) : isNotNull(codeApps.confirmedAt);
  const [app] = await db
    .select()
    .from(codeApps)
    .where(and(eq(codeApps.userId, userId), confirmed));
  const step = app ? stepOf(code, unseal(app.secretSealed), Date.now()) : null;
  if (!app || step === null) return false;
  const taken = await db
    .update(codeApps)
    .set({ lastStep: step, lastUsedAt: sql`now()`, ...(confirming && { confirmedAt: sql`now()` }) })
    .where(
      and(
        eq(codeApps.userId, userId),
        confirmed,
        eq(codeApps.secretSealed, app.secretSealed),
        lt(codeApps.lastStep, step),
      ),
    )
    .returning({ userId: codeApps.userId });
  return taken.length > 0;
}

export async function removeCodeApp(db: Connection, userId: string): Promise<void> {
  await db.delete(codeApps).where(eq(codeApps.userId, userId));
}
