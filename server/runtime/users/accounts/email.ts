import { z } from "zod";

/** An address of mail as accounts keep it: trimmed, composed and lower-cased. */
export const email = z
  .string()
  .max(1000)
  .transform(normalEmail)
  .pipe(z.email("Give a complete address, such as ada@example.com.").max(254, "Give at most 254 characters."));

function normalEmail(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}
