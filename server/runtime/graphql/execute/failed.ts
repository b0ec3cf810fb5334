import type { Execution } from "./Execution.ts";
import { formatError, isDefect } from "./formatError.ts";
import type { RootAnswer } from "./RootAnswer.ts";

/** A root field that came to nothing, which is no error. */
export const nothing = (name: string): RootAnswer => ({ name, json: null, errors: [], nonNull: false });

/** A root field that could not be answered. */
export function failed(
  { as, nonNull }: { readonly as: string; readonly nonNull: boolean },
  error: unknown,
  { onDefect }: Execution,
): RootAnswer {
  if (isDefect(error)) onDefect(error);
  return { name: as, nonNull, json: null, errors: [formatError(error, [as])] };
}
