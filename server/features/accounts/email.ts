import { z } from "zod";

/** An address of mail as it is stored: trimmed and lower-cased. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Use at most 254 characters.")
  .pipe(z.email("Type a complete address, such as ada@example.com."));
