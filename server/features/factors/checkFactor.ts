import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry, forgetTries, type Limit } from "../../http/rateLimit.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { checkCode } from "./codeApp.ts";
import { findFactors } from "./findFactors.ts";
import { checkPasskey } from "./passkeys.ts";
import type { FactorProof } from "./proof.ts";
import { takeRecoveryCode } from "./recoveryCodes.ts";

/**
 * Throws `invalid_input` at the field `code` where it is not right, and RateLimitedError after many that were not. Codes
 * are short, so guesses at an account are counted over a day too; passkeys cannot be guessed.
 */
export async function requireFactor(
  db: Connection,
  { user, proof }: { readonly user: SessionUser; readonly proof: FactorProof },
): Promise<void> {
  if (proof.kind === "passkey") {
    if ((await checkPasskey(db, user.id, proof.answer)) === null)
      throw wrong("The passkey was not accepted. Try again.");
    return;
  }
  const limits = guessLimits(user.id);
  await countTry(db, limits);
  if (proof.kind === "code") {
    if (!(await checkCode(db, user.id, proof.code))) {
      throw wrong("This code is not right, or was used already. Wait for the next one.");
    }
  } else {
    if (!(await takeRecoveryCode(db, user.id, proof.code)))
      throw wrong("This recovery code is not right, or was used.");
    await tellRecoveryUsed(db, user);
  }
  await forgetTries(db, limits.slice(0, 1));
}

function guessLimits(userId: string): readonly Limit[] {
  return [limitOf("factor:account", userId), limitOf("factor:account-day", userId)];
}

function wrong(message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field: "code", rule: "invalid", message }] });
}

async function tellRecoveryUsed(db: Connection, user: SessionUser): Promise<void> {
  const { recoveryCodes: left } = await findFactors(db, user.id);
  const remaining = left === 1 ? "One is left." : `${left === 0 ? "None" : left} are left.`;
  await tellOwner(db, {
    to: user.email,
    subject: "A recovery code was used",
    text: `Hello ${user.name},\n\none of your recovery codes was used to show that it is you. ${remaining} If that was not you, change your password and make new codes.`,
  });
}
