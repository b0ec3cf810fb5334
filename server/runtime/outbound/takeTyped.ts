import type { FieldError } from "#lib/errors/AppError.ts";
import type { Argument, JsonValue, Model } from "#lib/model/types.ts";
import { readRunInput } from "../processes/readRunInput.ts";

/** Values as the APIs show them, from JSON of somebody else's; what does not fit its type is told. */
export function takeTyped(
  model: Model,
  targets: readonly Argument[],
  given: Readonly<Record<string, JsonValue>>,
): { readonly values: Readonly<Record<string, JsonValue>>; readonly errors: readonly FieldError[] } {
  const process = { name: "taken", input: targets, steps: [] };
  const { input, errors } = readRunInput(model, process, given);
  return { values: input, errors };
}
