import { z } from "zod";
import type { Strategy } from "#db/schema/rollouts.ts";
import type { Split } from "#lib/compile/Snapshot.ts";

const mostSteps = 20;
const mostMinutes = 7 * 24 * 60;

/** A name that HTTP lets a header or a cookie have. */
const token = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(100)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, "Use letters, digits and dashes.");

/** What a header or a cookie can hold. */
const value = z
  .string()
  .trim()
  .min(1, "Say which value.")
  .max(200)
  .regex(/^[\x21-\x7e]+$/, "Use letters, digits and signs without spaces.")
  .refine((text) => !/[;,"\\]/.test(text), "Leave out commas, semicolons, quotes and backslashes.");

const percent = z.number().gt(0, "Give it more than 0 %.").max(100, "100 % is the most.");

/** Headers that say who asks or how: they do not choose a release. */
const ownHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "host",
  "content-length",
  "content-type",
  "connection",
  "transfer-encoding",
]);

const split = z.discriminatedUnion("by", [
  z.object({ by: z.literal("weight"), percent }),
  z.object({
    by: z.literal("header"),
    name: token.refine((name) => !ownHeaders.has(name.toLowerCase()), "Take a header of your own."),
    value,
  }),
  z.object({ by: z.literal("cookie"), name: token, value }),
  z.object({ by: z.literal("actor"), percent }),
]);

const canary = z.object({
  kind: z.literal("canary"),
  steps: z
    .array(z.object({ percent, minutes: z.number().min(0, "Minutes are 0 or more.").max(mostMinutes) }))
    .min(1, "Give it a step.")
    .max(mostSteps)
    .refine(
      (steps) => steps.every((step, index) => index === 0 || step.percent > (steps[index - 1]?.percent ?? 0)),
      "Each step gets more of the requests than the one before.",
    ),
  limits: z.object({
    errorPercent: z.number().min(0).max(100),
    latencyFactor: z.number().min(1, "1 is the least: as slow as the release that serves.").max(100),
    minRequests: z.int().min(0).max(1_000_000),
  }),
});

/** How a release takes over, as people and programs give it. */
export const strategySchema = z
  .object({
    approval: z.literal(true).optional(),
    rollout: z.discriminatedUnion("kind", [canary, z.object({ kind: z.literal("split"), split })]).optional(),
  })
  .transform(({ approval, rollout }): Strategy => ({ ...(approval && { approval }), ...(rollout && { rollout }) }));

/** Which requests a release gets that is tried, as the object of a sentence. */
export function describeSplit(given: Split): string {
  switch (given.by) {
    case "weight":
      return `${given.percent} % of the requests`;
    case "header":
      return `requests with the header ${given.name}: ${given.value}`;
    case "cookie":
      return `requests with the cookie ${given.name}=${given.value}`;
    case "actor":
      return `the requests of ${given.percent} % of the actors`;
  }
}
