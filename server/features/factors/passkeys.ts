import { randomBytes } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { passkeyChallenges, passkeys } from "#db/schema/factors.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { env } from "../../env.ts";

const challengeMinutes = 5;
const mostPasskeys = 20;

type Purpose = (typeof passkeyChallenges.$inferSelect)["purpose"];

/** Who asks browsers for passkeys: the host of the installation's address, and no other. */
function relyingParty() {
  const { origin, hostname } = new URL(env().NEXTAUTH_URL);
  return { origin, id: hostname };
}

/** What a browser needs to make a passkey that finds its account by itself. */
export async function registrationOptions(db: Connection, user: SessionUser) {
  const known = await db
    .select({ id: passkeys.credentialId, transports: passkeys.transports })
    .from(passkeys)
    .where(eq(passkeys.userId, user.id));
  if (known.length >= mostPasskeys) {
    throw new AppError("conflict", `You have ${mostPasskeys} passkeys. Remove one that you no longer use.`);
  }
  return await generateRegistrationOptions({
    rpName: "Gantry",
    rpID: relyingParty().id,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    challenge: await newChallenge(db, "registration", user.id),
    attestationType: "none",
    excludeCredentials: known,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** Keeps the passkey that the browser made. Throws `invalid_input` where it is not an answer to what it was asked. */
export async function addPasskey(
  db: Connection,
  userId: string,
  { name, response }: { readonly name: string; readonly response: RegistrationResponseJSON },
): Promise<{ readonly id: string }> {
  const { origin, id: expectedRPID } = relyingParty();
  const expectedChallenge = await takeChallenge(db, response, { purpose: "registration", userId });
  if (expectedChallenge === null) throw refused();
  const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID, requireUserVerification: true };
  const verified = await verifying(() => verifyRegistrationResponse({ response, ...expected }));
  const registrationInfo = verified?.registrationInfo;
  if (!registrationInfo) throw refused();
  const { credential, credentialBackedUp: backedUp } = registrationInfo;
  const [added] = await db
    .insert(passkeys)
    .values({
      userId,
      name,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports: (credential.transports ?? []).slice(0, 10),
      backedUp,
    })
    .onConflictDoNothing()
    .returning({ id: passkeys.id });
  if (!added) throw new AppError("conflict", "This passkey is in use already.");
  return added;
}

/** What a browser needs to show a passkey: one of the person's, or without `userId` whichever it has for Gantry. */
export async function passkeyOptions(db: Connection, userId: string | null) {
  const allowCredentials =
    userId === null
      ? []
      : await db
          .select({ id: passkeys.credentialId, transports: passkeys.transports })
          .from(passkeys)
          .where(eq(passkeys.userId, userId));
  return await generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: await newChallenge(db, userId === null ? "signIn" : "factor", userId),
    allowCredentials,
    userVerification: "required",
  });
}

/** Whose passkey it is; null where it is not accepted. With `userId` it must be theirs. */
export async function checkPasskey(
  db: Connection,
  userId: string | null,
  response: AuthenticationResponseJSON,
): Promise<string | null> {
  const purpose = userId === null ? "signIn" : "factor";
  const expectedChallenge = await takeChallenge(db, response, { purpose, userId });
  const [passkey] = await db.select().from(passkeys).where(eq(passkeys.credentialId, response.id));
  if (expectedChallenge === null || !passkey || (userId !== null && passkey.userId !== userId)) return null;
  const { userHandle } = response.response;
  if (userHandle && Buffer.from(userHandle, "base64url").toString() !== passkey.userId) return null;
  const { origin, id: expectedRPID } = relyingParty();
  const credential = {
    id: passkey.credentialId,
    publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
    counter: passkey.counter,
    transports: passkey.transports,
  };
  const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID, requireUserVerification: true };
  const answer = await verifying(() => verifyAuthenticationResponse({ response, credential, ...expected }));
  if (!answer?.verified) return null;
  const { newCounter: counter, credentialBackedUp: backedUp } = answer.authenticationInfo;
  // Of two uses of one count, one is a copy's: only the first is taken.
  const used = await db
    .update(passkeys)
    .set({ counter, backedUp, lastUsedAt: sql`now()` })
    .where(and(eq(passkeys.id, passkey.id), eq(passkeys.counter, passkey.counter)))
    .returning({ id: passkeys.id });
  return used.length > 0 ? passkey.userId : null;
}

export async function renamePasskey(
  db: Connection,
  userId: string,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const renamed = await db.update(passkeys).set({ name }).where(of(userId, id)).returning({ id: passkeys.id });
  if (renamed.length === 0) throw unknown();
}

/** Answers its name. */
export async function removePasskey(db: Connection, userId: string, id: string): Promise<string> {
  const [removed] = await db.delete(passkeys).where(of(userId, id)).returning({ name: passkeys.name });
  if (!removed) throw unknown();
  return removed.name;
}

const of = (userId: string, id: string) => and(eq(passkeys.id, id), eq(passkeys.userId, userId));

async function newChallenge(db: Connection, purpose: Purpose, userId: string | null) {
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, sql`now()`));
  const bytes = randomBytes(32);
  const challenge = bytes.toString("base64url");
  const expiresAt = new Date(Date.now() + challengeMinutes * 60_000);
  await db.insert(passkeyChallenges).values({ challenge, purpose, userId, expiresAt });
  return new Uint8Array(bytes);
}

/** The challenge that was signed, where it was asked of them and is still good; it is gone then. Else null. */
async function takeChallenge(
  db: Connection,
  { response }: { readonly response: { readonly clientDataJSON: string } },
  { purpose, userId }: { readonly purpose: Purpose; readonly userId: string | null },
): Promise<string | null> {
  const [taken] = await db
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, signedChallenge(response.clientDataJSON)),
        eq(passkeyChallenges.purpose, purpose),
        userId === null ? isNull(passkeyChallenges.userId) : eq(passkeyChallenges.userId, userId),
        gt(passkeyChallenges.expiresAt, sql`now()`),
      ),
    )
    .returning({ challenge: passkeyChallenges.challenge });
  return taken?.challenge ?? null;
}

/** What the browser says that it was asked; empty where it says nothing that can be read. */
function signedChallenge(clientData: string): string {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientData, "base64url").toString());
    const challenge = typeof said === "object" && said && "challenge" in said ? said.challenge : "";
    return typeof challenge === "string" && /^[\w-]{1,100}$/.test(challenge) ? challenge : "";
  } catch {
    return "";
  }
}

/** The library tells each thing that is wrong by an error; to whoever asks they are one. */
async function verifying<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}

function refused(): AppError {
  return new AppError("invalid_input", "The passkey was not accepted. Try again.");
}

function unknown(): AppError {
  return new AppError("not_found", "There is no such passkey.");
}
