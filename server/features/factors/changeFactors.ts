import type { Database } from "#db/client.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { forgetSecondFactor } from "../sessions/service.ts";
import { confirmCodeApp, removeCodeApp } from "./codeApp.ts";
import { findFactors, hasSecondFactor } from "./findFactors.ts";
import { addPasskey, removePasskey } from "./passkeys.ts";
import { removeRecoveryCodes, renewRecoveryCodes } from "./recoveryCodes.ts";

/** What came with a first factor: recovery codes, shown this once; null where there were some. */
export interface FactorAdded {
  readonly recoveryCodes: readonly string[] | null;
}

/** Throws `invalid_input` at `code` where it is not right. */
export async function addCodeApp(db: Database, user: SessionUser, code: string): Promise<FactorAdded> {
  if (!(await confirmCodeApp(db, user.id, code))) {
    const message = "This code is not right. Look whether the clocks of both devices are, and type the newest code.";
    throw new AppError("invalid_input", message, { fields: [{ field: "code", rule: "invalid", message }] });
  }
  return await added(db, user, "an application for codes");
}

export async function addNamedPasskey(
  db: Database,
  user: SessionUser,
  given: Parameters<typeof addPasskey>[2],
): Promise<FactorAdded> {
  await addPasskey(db, user.id, given);
  return await added(db, user, `the passkey “${given.name}”`);
}

async function added(db: Connection, user: SessionUser, what: string): Promise<FactorAdded> {
  const { recoveryCodes } = await findFactors(db, user.id);
  await tellChange(db, user, `${what} was added to your account. Signing in asks for a second factor from now on.`);
  return { recoveryCodes: recoveryCodes === 0 ? await renewRecoveryCodes(db, user.id) : null };
}

export async function dropCodeApp(db: Connection, user: SessionUser): Promise<void> {
  await removeCodeApp(db, user.id);
  await dropped(db, user, "the application for codes");
}

export async function dropPasskey(db: Connection, user: SessionUser, id: string): Promise<void> {
  const name = await removePasskey(db, user.id, id);
  await dropped(db, user, `the passkey “${name}”`);
}

/** Recovery codes stand in for other factors: with the last of them they go. */
async function dropped(db: Connection, user: SessionUser, what: string): Promise<void> {
  const isLast = !(await hasSecondFactor(db, user.id));
  if (isLast) {
    await removeRecoveryCodes(db, user.id);
    await forgetSecondFactor(db, user.id);
  }
  const after = isLast ? " Signing in asks for no second factor any more." : "";
  await tellChange(db, user, `${what} was removed from your account.${after}`);
}

/** A new set in place of the one before. Throws `conflict` where there is no factor that they would stand in for. */
export async function renewCodes(db: Connection, user: SessionUser): Promise<string[]> {
  if (!(await hasSecondFactor(db, user.id))) {
    throw new AppError("conflict", "Set up an application for codes or a passkey first.");
  }
  const codes = await renewRecoveryCodes(db, user.id);
  await tellChange(db, user, "new recovery codes were made for your account. Those from before are no longer good.");
  return codes;
}

async function tellChange(db: Connection, { email: to, name }: SessionUser, what: string): Promise<void> {
  const text = `Hello ${name},\n\n${what}\n\nIf that was not you, change your password and look through Account, Security.`;
  await tellOwner(db, { to, subject: "How you sign in has changed", text });
}
