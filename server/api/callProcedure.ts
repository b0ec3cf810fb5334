import { TRPCError } from "@trpc/server";
import { AppError } from "#lib/errors/AppError.ts";
import type { Context } from "../trpc/context.ts";
import { foreseen } from "../trpc/failure.ts";
import { createCaller } from "../trpc/root.ts";

/** What the procedure answers; throws its AppError as it is. */
export async function callProcedure(ctx: Context, path: string, input: unknown): Promise<unknown> {
  let procedure: unknown = createCaller(ctx);
  // What a caller answers for a name is a function too, which has the next names.
  for (const name of path.split(".")) procedure = (procedure as Readonly<Record<string, unknown>>)[name];
  try {
    return await (procedure as (input: unknown) => Promise<unknown>)(input);
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    throw foreseen(error) ?? new AppError("internal", error.message, { cause: error });
  }
}
