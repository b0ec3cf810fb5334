import { hash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { catalogOf } from "#lib/plan/catalog/Catalog.ts";

export const environmentId = /^[A-Za-z0-9_-]{1,64}$/;

const envelope = z.object({
  id: z.string().regex(environmentId),
  label: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
  release: z.number().int().nonnegative(),
  commit: z.string().max(200),
  snapshot: z.object({
    format: z.literal(1),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    model: z.object({ app: z.object({ name: z.string() }), resources: z.array(z.object({ name: z.string() })) }),
  }),
  databaseUrl: z.string().regex(/^postgres(?:ql)?:\/\//),
  apiKeys: z.array(
    z.object({
      id: z.string(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      expiresAt: z.iso.datetime({ offset: true }).nullable(),
      roles: z.array(z.string().max(100)).max(100).optional(),
      actAs: z.boolean().optional(),
    }),
  ),
  encryption: z
    .object({
      keys: z.array(z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/), key: z.string().regex(/^[\w-]{43}$/) })),
      current: z.string(),
    })
    .refine(({ keys, current }) => keys.some(({ id }) => id === current), "The current key is none of the keys.")
    .optional(),
});

/** A spec as it was sent or kept. Throws AppError when it is not one that this program can serve. */
export function readSpec(input: unknown): EnvironmentSpec {
  const result = envelope.safeParse(input);
  if (!result.success) {
    throw new AppError("invalid_input", "This is no specification of an environment.", {
      fields: result.error.issues.map(({ path, message, code }) => ({ field: path.join("."), rule: code, message })),
    });
  }
  // The parts of the model were not looked at one by one: it is the one whose hash was taken after it was verified.
  const spec = input as EnvironmentSpec;
  const { snapshot } = spec;
  if (hash("sha256", canonicalJson(snapshot.model as unknown as JsonValue), "hex") !== snapshot.hash) {
    throw mismatch("snapshot.hash", "The hash is not that of the model.");
  }
  checkNames(snapshot.model);
  return spec;
}

function checkNames(model: Model): void {
  try {
    catalogOf(model);
  } catch (cause) {
    throw new AppError("invalid_model", "The model names what it has not.", { cause });
  }
}

function mismatch(field: string, message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field, rule: "hash", message }] });
}
