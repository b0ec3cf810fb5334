import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { AppRequest } from "../../http/AppRequest.ts";

type Conditional = Pick<AppRequest, "headers">;

/** Refuses a condition on a version where the request is not about one record: it could not be held to it. */
export function refuseVersions({ headers }: Conditional): void {
  if (headers["if-match"] === undefined) return;
  const message = "If-Match is for changes of one record, at its own path.";
  throw unmet({ field: "If-Match", rule: "unavailable", message });
}

/** `If-None-Match: *`: only where there is no such record yet. */
export function wantsNew({ headers }: Conditional): boolean {
  return headers["if-none-match"]?.trim() === "*";
}

/** What a create was refused for, where its caller has made it a condition that there is no such record. */
export function asCondition(error: unknown, by: readonly string[]): unknown {
  const isThere =
    error instanceof AppError && error.fields.some(({ field, rule }) => rule === "unique" && by.includes(field));
  if (!isThere) return error;
  const message = `There is a record with the same ${by.join(" and ")} already.`;
  return unmet({ field: "If-None-Match", rule: "unique", message }, error);
}

function unmet(field: FieldError, cause?: unknown): AppError {
  return new AppError("version_mismatch", field.message, { fields: [field], cause });
}
