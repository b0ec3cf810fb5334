import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { closest } from "#lib/expression/closest.ts";
import type { AppRequest } from "../http/AppRequest.ts";

/** What a caller prefers (RFC 7240). */
export interface Preferences {
  /** No body with what was changed. */
  readonly minimal: boolean;
  /** A body also where there would be none: the record that a destroy has taken away. */
  readonly whole: boolean;
  /** Everything is done and checked, then undone. */
  readonly dryRun: boolean;
  /** How many records a change of many may concern. */
  readonly maxAffected: string | undefined;
  /** The header that says which preferences were followed; name and value, or nothing. */
  readonly applied: readonly string[];
}

const none: Preferences = { minimal: false, whole: false, dryRun: false, maxAffected: undefined, applied: [] };

/** By their names; an empty list takes any value. */
const understood: Readonly<Record<string, readonly string[]>> = {
  return: ["minimal", "representation"],
  tx: ["rollback", "commit"],
  handling: ["strict", "lenient"],
  "max-affected": [],
};

/** What is not understood is ignored, unless the caller asks for `handling=strict`: then it is refused. */
export function readPreferences({ headers }: Pick<AppRequest, "headers">): Preferences {
  const { prefer } = headers;
  if (prefer === undefined) return none;
  const text = Array.isArray(prefer) ? prefer.join() : prefer;
  const given = new Map<string, string>();
  for (const part of text.split(/[,;]/)) {
    const [name = "", value = ""] = part.split("=", 2);
    const key = name.trim().toLowerCase();
    // Of one that comes twice the first counts.
    if (key !== "" && !given.has(key)) given.set(key, value.trim().replace(/^"(.*)"$/, "$1"));
  }
  if (given.get("handling") === "strict") refuseUnknown(given);
  const followed = [...given].filter(([name, value]) => isUnderstood(name, value) && name !== "max-affected");
  return {
    minimal: given.get("return") === "minimal",
    whole: given.get("return") === "representation",
    dryRun: given.get("tx") === "rollback",
    maxAffected: given.get("max-affected"),
    applied: followed.length > 0 ? ["preference-applied", followed.map((pair) => pair.join("=")).join(", ")] : [],
  };
}

function isUnderstood(name: string, value: string): boolean {
  const values = understood[name];
  return values !== undefined && (values.length === 0 || values.includes(value));
}

function refuseUnknown(given: ReadonlyMap<string, string>): void {
  const fields = [...given].flatMap(([name, value]): FieldError[] => {
    if (isUnderstood(name, value)) return [];
    const known = understood[name];
    const allowed = known ? known.map((each) => `${name}=${each}`) : Object.keys(understood);
    const meant = closest(known ? value : name, known ?? allowed);
    const message = meant ? `Did you mean ${known ? `${name}=` : ""}${meant}?` : `There is no preference ${name} here.`;
    return [{ field: "Prefer", rule: "unknown", message, allowed }];
  });
  if (fields.length === 0) return;
  throw new AppError("invalid_request", "Not all preferences can be followed.", { fields });
}
