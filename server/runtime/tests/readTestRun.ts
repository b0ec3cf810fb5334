import { z } from "zod";
import type { TestRunSpec } from "#lib/compile/TestRun.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { catalogOf } from "#lib/plan/catalog/Catalog.ts";

const model = z.looseObject({ app: z.looseObject({ name: z.string() }), resources: z.array(z.looseObject({})) });

/** What the models and tests say was verified by whoever sends them; here it is looked at as far as that goes without. */
const shape = z.strictObject({
  model,
  databaseUrl: z.string().regex(/^postgres(?:ql)?:\/\//),
  encryption: z
    .strictObject({ current: z.string(), keys: z.array(z.strictObject({ id: z.string(), key: z.string() })) })
    .optional(),
  tests: z.array(z.looseObject({ name: z.string(), tests: z.array(z.looseObject({ name: z.string() })) })),
  variants: z.array(z.strictObject({ id: z.string(), model })).optional(),
  seconds: z.number().positive().max(3600).optional(),
});

/** A run of tests as it was sent. Throws AppError when it is none. */
export function readTestRun(input: unknown): TestRunSpec {
  const result = shape.safeParse(input);
  if (!result.success) {
    const fields = result.error.issues.map(({ path, message }) => ({ field: path.join("."), rule: "shape", message }));
    throw new AppError("invalid_input", "These are no tests to run.", { fields });
  }
  const spec = input as TestRunSpec;
  try {
    for (const one of [spec, ...(spec.variants ?? [])]) catalogOf(one.model);
  } catch (cause) {
    throw new AppError("invalid_model", "A model names what it has not.", { cause });
  }
  return spec;
}
