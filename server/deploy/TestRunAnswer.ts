import { z } from "zod";
import type { TestRun } from "#lib/compile/TestRun.ts";

const schema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      state: z.enum(["passed", "failed"]),
      milliseconds: z.number(),
      reason: z.string().optional(),
    }),
  ),
  variants: z.array(z.object({ id: z.string(), failed: z.array(z.string()) })),
  left: z.object({ tests: z.int(), variants: z.int() }),
});

/** What a runtime answers to `POST /tests`. */
export function readTestRun(answer: unknown): TestRun {
  const { results, ...run } = schema.parse(answer);
  return {
    ...run,
    results: results.map(({ reason, ...result }) => (reason === undefined ? result : { ...result, reason })),
  };
}
