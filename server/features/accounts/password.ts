import { z } from "zod";
import { isCommonPassword } from "#lib/passwords/isCommonPassword.ts";

const shortest = 10;
const longest = 200;

/** A password that somebody signs in with: any that could ever have been chosen. */
export const givenPassword = z
  .string()
  .min(1, "Type your password.")
  .max(longest * 4);

/** A password that somebody chooses; length in code points. */
export const newPassword = z
  .string()
  .refine((text) => [...text].length >= shortest, {
    message: `Use at least ${shortest} characters.`,
    params: { rule: "minLength" },
  })
  .refine((text) => [...text].length <= longest, {
    message: `Use at most ${longest} characters.`,
    params: { rule: "maxLength" },
  })
  .refine((text) => !isCommonPassword(text), {
    message: "This password is among the first that are guessed. Choose another, such as four unrelated words.",
    params: { rule: "common" },
  });

/** Whether the password says no more than the form's other fields do. */
export function repeatsIdentity(password: string, { email, name }: { readonly email: string; readonly name: string }) {
  const plain = bare(password);
  const [local = ""] = email.split("@");
  return [email, local, name, `${local}${local}`].map(bare).includes(plain);
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
