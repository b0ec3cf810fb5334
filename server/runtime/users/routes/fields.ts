import { z } from "zod";

/** A password that somebody signs in with: any that could ever have been chosen. */
export const givenPassword = z.string().min(1, "Give your password.").max(800);

/** What a device calls itself in the list of sessions. */
export const deviceName = z.string().trim().max(200);

/** What came by mail, or between two steps. */
export const tokenText = z.string().min(1).max(200);

/** What a record is made of besides the address. */
export const profile = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => JSON.stringify(value).length <= 20_000, "Give at most 20,000 characters of JSON.");

/** Where a link in a mail leads. */
export const redirect = z.string().max(2000).optional();
