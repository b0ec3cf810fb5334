import { z } from "zod";

/** What the runtime tells of the slow statements of an environment: those that took the most time first. */
export const slowReportSchema = z.object({
  /** From when on they were noted: when the release began to serve, or the runtime was started. */
  since: z.iso.datetime(),
  /** Milliseconds from which on a statement is noted. */
  threshold: z.number(),
  statements: z.array(
    z.object({
      id: z.string(),
      sql: z.string(),
      resource: z.string(),
      action: z.string(),
      count: z.int(),
      totalMilliseconds: z.number(),
      maxMilliseconds: z.number(),
      firstAt: z.iso.datetime(),
      lastAt: z.iso.datetime(),
      /** Without the caller's values. */
      requests: z.array(z.object({ request: z.string(), count: z.int() })),
    }),
  ),
});

export const slowExplanationSchema = z.object({
  /** Tables that are read as a whole, the largest first. */
  scans: z.array(z.object({ table: z.string(), rows: z.number() })),
  sorts: z.boolean(),
  plan: z.array(z.string()),
  proposals: z.array(
    z.object({
      resource: z.string(),
      index: z.object({ fields: z.array(z.object({ name: z.string(), descending: z.boolean() })) }),
    }),
  ),
});

export type SlowReport = z.infer<typeof slowReportSchema>;
export type SlowExplanation = z.infer<typeof slowExplanationSchema>;
