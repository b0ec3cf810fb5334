import { z } from "zod";

/** One line of text for people, such as a name: trimmed, 1 to `max` code points, without control characters. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1, "Fill this in.")
    .refine((text) => [...text].length <= max, {
      message: `Use at most ${max} characters.`,
      params: { rule: "maxLength" },
    })
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
      message: "Use letters, digits, signs and spaces on one line.",
      params: { rule: "pattern" },
    });
}
