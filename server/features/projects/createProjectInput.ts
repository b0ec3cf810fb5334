import { z } from "zod";
import { line } from "../../trpc/line.ts";

export const templateIds = ["crm", "inventory", "hr"] as const;

export type TemplateId = (typeof templateIds)[number];

/** An existing PostgreSQL database: one that answers, or a dump that was sent to /api/uploads. */
const importSource = z.discriminatedUnion("source", [
  z.object({
    source: z.literal("connection"),
    url: z
      .string()
      .trim()
      .max(2000)
      .regex(/^postgres(?:ql)?:\/\//, "Start with postgres:// or postgresql://."),
  }),
  z.object({ source: z.literal("dump"), uploadId: z.uuid() }),
]);

export const createProjectInput = z.object({
  name: line(80),
  from: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("blank") }),
    z.object({ kind: z.literal("template"), template: z.enum(templateIds) }),
    z.object({ kind: z.literal("import"), import: importSource, withRows: z.boolean() }),
  ]),
  /** Sent again with the same value (a double click, a retry), the first project is answered and no second one made. */
  requestId: z.uuid().optional(),
});

export type CreateProjectInput = z.infer<typeof createProjectInput>;
