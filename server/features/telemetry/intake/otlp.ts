import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";

/** Text that PostgreSQL can keep. */
export const keptText = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => text.isWellFormed() && !text.includes("\0"), "This text cannot be kept.");

/** A whole number that OTLP writes as a text, or as a number. */
export const wholeNumber = z
  .union([z.number(), z.string().regex(/^\d{1,19}$/)])
  .transform(Number)
  .refine((value) => Number.isSafeInteger(value) && value >= 0);

/** Nanoseconds since 1970 to ms. */
export const nanoseconds = z
  .union([z.number(), z.string().regex(/^\d{1,20}$/)])
  .transform((value) => Math.floor(Number(value) / 1_000_000))
  .refine((milliseconds) => Math.abs(milliseconds) < 8e15);

const value = z.union([
  z.object({ stringValue: keptText(8000) }).transform(({ stringValue }) => stringValue),
  z
    .object({ intValue: z.union([z.number(), z.string().regex(/^-?\d{1,19}$/)]) })
    .transform((one) => Number(one.intValue)),
  z.object({ doubleValue: z.number() }).transform(({ doubleValue }) => doubleValue),
  z.object({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
]);

export type AttributeValue = z.output<typeof value>;

export const attributes = z
  .array(z.object({ key: keptText(100).min(1), value }))
  .max(40)
  .default([])
  .transform(
    (all): Readonly<Record<string, AttributeValue>> => Object.fromEntries(all.map((one) => [one.key, one.value])),
  );

const resource = z.object({ attributes }).transform(({ attributes: given }, context) => {
  const parsed = described.safeParse(given);
  if (parsed.success) return parsed.data;
  context.addIssue("It does not say which environment it is of.");
  return z.NEVER;
});

const described = z
  .object({
    "gantry.environment.id": z.uuid(),
    "gantry.release": z.number().int().min(0).max(2_147_483_647),
    "service.instance.id": keptText(100).min(1),
  })
  .transform((given) => ({
    environmentId: given["gantry.environment.id"].toLowerCase(),
    release: given["gantry.release"],
    source: given["service.instance.id"],
  }));

export type Origin = z.output<typeof described>;

/** Null where it does not say which environment it is of. */
export function readResource(given: unknown): Origin | null {
  const parsed = resource.safeParse(given);
  return parsed.success ? parsed.data : null;
}

/** The list of that name within an object; of anything else there is none. */
export function listIn(given: unknown, name: string): readonly unknown[] {
  if (typeof given !== "object" || given === null) return [];
  const list: unknown = Reflect.get(given, name);
  return Array.isArray(list) ? list : [];
}

/** The same of the whole document, which must have it. */
export function requiredList(given: unknown, name: string): readonly unknown[] {
  if (typeof given === "object" && given !== null && Array.isArray(Reflect.get(given, name)))
    return listIn(given, name);
  throw new AppError("invalid_request", `The body has no list ${name}.`);
}
