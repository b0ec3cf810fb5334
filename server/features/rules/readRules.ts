import { z } from "zod";
import { fits } from "#lib/branches/fits.ts";
import type { FieldError } from "#lib/errors/AppError.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { slug } from "../../slugs/slug.ts";
import type { BranchRule } from "./BranchRule.ts";

const mostRules = 50;

const ruleSchema = z.object({
  pattern: z
    .string()
    .trim()
    .min(1, "Fill this in.")
    .max(100, "Use at most 100 characters.")
    .regex(/^[A-Za-z0-9._/*-]+$/, "Use the letters of branches' names; a star stands for any characters."),
  /** The lasting environment; null gives each branch a preview of its own. */
  environment: slug.nullable(),
  deploys: z.enum(["automatic", "byHand", "never"]),
  concurrent: z.enum(["queue", "supersede"]),
  copyOf: z.string().max(80).nullable().default(null),
});

export const rulesSchema = z.array(ruleSchema).max(mostRules, `Keep to ${mostRules} rules.`);

export interface KnownEnvironment {
  readonly name: string;
  readonly kind: "lasting" | "preview";
}

/** Throws `invalid_input` for what rules cannot say together: patterns twice, or never reached, and environments that are not there. */
export function requireSoundRules(rules: readonly BranchRule[], known: readonly KnownEnvironment[]): void {
  const fields: FieldError[] = [];
  const complain = (index: number, key: keyof BranchRule, message: string) =>
    fields.push({ field: `rules.${index}.${key}`, rule: "rules", message });
  const find = (name: string) => known.find((environment) => environment.name === name);
  for (const [index, rule] of rules.entries()) {
    const { pattern, environment, copyOf } = rule;
    const earlier = rules.slice(0, index).find((before) => fits(before.pattern, pattern));
    if (earlier?.pattern === pattern) complain(index, "pattern", `There is a rule for ${pattern} already.`);
    else if (earlier) {
      complain(
        index,
        "pattern",
        `The rule for ${earlier.pattern} comes first and fits all of these. Move this one up.`,
      );
    }
    if (environment !== null && find(environment)?.kind === "preview") {
      complain(index, "environment", `${environment} is the preview of a branch. Choose another name.`);
    }
    if (copyOf === null) continue;
    if (environment !== null) complain(index, "copyOf", "Only previews begin with a copy.");
    else if (find(copyOf)?.kind !== "lasting") {
      complain(index, "copyOf", `There is no environment ${copyOf} whose rows could be copied.`);
    }
  }
  if (fields.length > 0) throw new AppError("invalid_input", "These rules do not go together.", { fields });
}
