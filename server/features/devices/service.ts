import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { deviceLogins } from "#db/schema/deviceLogins.ts";
import type { Scope } from "#lib/access/scopes.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { env } from "../../env.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { createToken, onlyOrganisation, readScopes } from "../tokens/service.ts";
import { newUserCode, readUserCode } from "./userCode.ts";

const minutes = 10;
/** Seconds between two questions of one program. */
const interval = 2;

export interface DeviceLogin {
  /** What the program shows each time it asks. Secret. */
  readonly deviceCode: string;
  /** What the person compares with what the page says. */
  readonly userCode: string;
  readonly url: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/** A program begins to sign in; somebody has ten minutes to let it. */
export async function startDeviceLogin(
  db: Connection,
  { name, address }: { readonly name: string; readonly address: string | null },
): Promise<DeviceLogin> {
  await countTry(db, [limitOf("device:start", address ?? "unknown")]);
  await db.delete(deviceLogins).where(lt(deviceLogins.expiresAt, sql`now() - interval '1 day'`));
  const deviceCode = randomBytes(32).toString("base64url");
  for (;;) {
    const userCode = newUserCode();
    const [made] = await db
      .insert(deviceLogins)
      .values({
        deviceHash: hashOf(deviceCode),
        userCode,
        name,
        state: "waiting",
        expiresAt: new Date(Date.now() + 60_000 * minutes),
      })
      .onConflictDoNothing()
      .returning({ id: deviceLogins.id });
    // Somebody has this code already.
    if (!made) continue;
    const url = new URL(`/device?code=${userCode}`, env().NEXTAUTH_URL).href;
    return { deviceCode, userCode, url, expiresInSeconds: 60 * minutes, intervalSeconds: interval };
  }
}

export type DevicePoll =
  | { readonly state: "waiting" }
  | { readonly state: "denied" }
  | { readonly state: "approved"; readonly token: string; readonly expiresAt: Date | null };

/** What became of it. The token is made and told at the first question after it was approved, and never again. */
export async function pollDeviceLogin(db: Database, deviceCode: string): Promise<DevicePoll> {
  return await db.transaction(async (transaction) => {
    const [login] = await transaction
      .select()
      .from(deviceLogins)
      .where(and(eq(deviceLogins.deviceHash, hashOf(deviceCode)), gt(deviceLogins.expiresAt, sql`now()`)))
      .for("update");
    if (!login || login.state === "done") {
      throw new AppError("not_found", "This sign-in is over. Begin again: gantry login.");
    }
    if (login.state !== "approved" || login.userId === null) {
      return { state: login.state === "denied" ? "denied" : "waiting" };
    }
    const { name, organisationId, secondFactor, vouchedBy, tokenExpiresAt: expiresAt } = login;
    const given = { name, expiresAt, scopes: readScopes(login.scopes), organisationId, secondFactor, vouchedBy };
    const { token } = await createToken(transaction, login.userId, given);
    await transaction.update(deviceLogins).set({ state: "done" }).where(eq(deviceLogins.id, login.id));
    return { state: "approved", token, expiresAt };
  });
}

/** What a person is asked to let in: `{name, userCode, createdAt}`. */
export async function findDeviceLogin(db: Connection, userId: string, typed: string) {
  // So that nobody finds another's program by trying codes.
  await countTry(db, [limitOf("device:find", userId)]);
  const { name, userCode, createdAt, expiresAt } = deviceLogins;
  const [found] = await db.select({ name, userCode, createdAt, expiresAt }).from(deviceLogins).where(waiting(typed));
  if (!found) throw gone();
  return found;
}

interface Decision {
  readonly code: string;
  readonly approve: boolean;
  /** What the program's token may do. */
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
  /** Slug of the only organisation that it opens; null: all of the person's. */
  readonly only: string | null;
}

/** Lets the program act for the person, or not. Answers its name. */
export async function decideDeviceLogin(
  db: Connection,
  { user, secondFactor, vouchedBy }: Principal,
  { code, approve, scopes, expiresAt, only }: Decision,
): Promise<{ readonly name: string; readonly organisationId: string | null }> {
  const organisationId = approve ? await onlyOrganisation(db, user.id, only) : null;
  const allowed = {
    scopes: [...scopes],
    tokenExpiresAt: expiresAt,
    organisationId,
    secondFactor,
    vouchedBy: vouchedBy ?? null,
  };
  const [decided] = await db
    .update(deviceLogins)
    .set(approve ? { ...allowed, state: "approved", userId: user.id } : { state: "denied" })
    .where(waiting(code))
    .returning({ name: deviceLogins.name });
  if (!decided) throw gone();
  return { name: decided.name, organisationId };
}

const waiting = (typed: string) =>
  and(
    eq(deviceLogins.userCode, readUserCode(typed)),
    eq(deviceLogins.state, "waiting"),
    gt(deviceLogins.expiresAt, sql`now()`),
  );

function gone(): AppError {
  return new AppError(
    "not_found",
    "No program waits with this code. Codes are good for ten minutes: begin again there.",
  );
}

function hashOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}
