import { AppError, type FieldError } from "../../errors/AppError.ts";

export function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

export function notAnObject(place: string): AppError {
  const where = place === "" ? "" : ` at ${place}`;
  return new AppError("invalid_request", `Send a JSON object of field names and values${where}.`);
}

/** All that is wrong with what a caller sent, as one error. */
export function refuse(errors: readonly FieldError[]): void {
  if (errors.length === 0) return;
  if (errors.some(({ rule }) => rule === "unknown")) {
    throw new AppError("unknown_field", "The request names fields that there are not.", { fields: errors });
  }
  throw new AppError("invalid_input", "Some values are not acceptable.", { fields: errors });
}
