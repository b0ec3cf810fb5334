import { z } from "zod";
import { everyScope, type Scope } from "#lib/access/scopes.ts";

/** When a token ends; null: never. */
export const tokenEnd = z
  .date()
  .refine((date) => date > new Date(), { message: "Choose a day in the future.", params: { rule: "min" } })
  .nullable();

/** What a token may do, in the table's order. */
export const tokenScopes = z
  .array(z.enum(everyScope as [Scope, ...Scope[]]))
  .min(1, "Choose what it may do.")
  .transform((chosen) => everyScope.filter((scope) => chosen.includes(scope)));
