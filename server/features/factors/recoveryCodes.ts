import { createHash, randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { recoveryCodes } from "#db/schema/factors.ts";
import type { Connection } from "../../database.ts";

const codes = 10;
/** Without letters that are taken for digits or each other. */
const letters = "abcdefghjkmnpqrstvwxyz23456789";
const groups = 4;
const groupLength = 4;

/** A new set in place of the one before, at the only moment at which they are known: `xxxx-xxxx-xxxx-xxxx`. */
export async function renewRecoveryCodes(db: Connection, userId: string): Promise<string[]> {
  const made = Array.from({ length: codes }, newCode);
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await db.insert(recoveryCodes).values(made.map((code) => ({ userId, hash: hashOf(userId, code) })));
  return made;
}

/** Whether it was one of theirs that is left; it is gone then. */
export async function takeRecoveryCode(db: Connection, userId: string, typed: string): Promise<boolean> {
  const used = await db
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, hashOf(userId, typed))))
    .returning({ id: recoveryCodes.id });
  return used.length > 0;
}

export async function removeRecoveryCodes(db: Connection, userId: string): Promise<void> {
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}

function newCode(): string {
  const group = () => Array.from({ length: groupLength }, randomLetter).join("");
  return Array.from({ length: groups }, group).join("-");
}

/** Each with the same chance: bytes beyond the last whole run of letters are drawn again. */
function randomLetter(): string {
  const bound = 256 - (256 % letters.length);
  for (;;) {
    const [byte = 0] = randomBytes(1);
    if (byte < bound) return letters.charAt(byte % letters.length);
  }
}

/** However it was typed: hyphens, blanks and capital letters do not matter. 16 letters of 30 are 78 bits. */
function hashOf(userId: string, typed: string): string {
  const plain = typed.toLowerCase().replace(/[^a-z0-9]/g, "");
  return createHash("sha256").update(`${userId}\0${plain}`).digest("hex");
}
