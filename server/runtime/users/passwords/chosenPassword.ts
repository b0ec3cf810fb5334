import { AppError } from "#lib/errors/AppError.ts";
import type { AppAuth } from "#lib/model/processTypes.ts";
import type { Users } from "../Users.ts";
import { checkNewPassword } from "./newPassword.ts";
import { hashPassword } from "./passwordHash.ts";

/**
 * The hash of what somebody chooses; null where they choose none and can sign in otherwise. Throws AppError where it is
 * none for the app.
 */
export async function chosenPassword(
  { auth }: Pick<Users, "auth">,
  password: string | undefined,
  email: string | null,
): Promise<string | null> {
  if (password === undefined) {
    if (!needsPassword(auth)) return null;
    const message = "Choose a password.";
    throw new AppError("invalid_input", message, { fields: [{ field: "password", rule: "required", message }] });
  }
  if (!auth.password) {
    const message = "Nobody signs in to this app by a password.";
    throw new AppError("invalid_input", message, { fields: [{ field: "password", rule: "unknown", message }] });
  }
  checkNewPassword(password, { auth, email });
  return hashPassword(password);
}

/** There is no other way in that needs nothing but the address. */
function needsPassword({ password, magicLink, code }: AppAuth): boolean {
  return password !== undefined && !magicLink && !code;
}
