import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { AppAuth } from "#lib/model/processTypes.ts";
import { isCommonPassword } from "#lib/passwords/isCommonPassword.ts";

/** In code points, where the app does not say. */
const shortest = 10;
const longest = 200;

/** What somebody wants as a password from now on. Throws AppError where it is none for the app. */
export function checkNewPassword(
  password: string,
  { auth, email }: { readonly auth: AppAuth; readonly email: string | null },
): void {
  const least = auth.password?.minLength ?? shortest;
  const length = [...password].length;
  if (length < least) throw refused("minLength", `Use at least ${least} characters.`);
  if (length > longest) throw refused("maxLength", `Use at most ${longest} characters.`);
  if (isCommonPassword(password) || repeatsAddress(password, email)) {
    const message = "This password is among the first that are guessed. Choose another, such as four unrelated words.";
    throw refused("common", message);
  }
}

function repeatsAddress(password: string, email: string | null): boolean {
  if (email === null) return false;
  const [local = ""] = email.split("@");
  return [email, local, local + local].map(bare).includes(bare(password));
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function refused(rule: FieldError["rule"], message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field: "password", rule, message }] });
}
