import type { AppRequest } from "../http/AppRequest.ts";

/** What a caller prefers (RFC 7240); what is not understood is ignored, as that says. */
export interface Preferences {
  /** No body with what was changed. */
  readonly minimal: boolean;
  /** Everything is done and checked, then undone. */
  readonly dryRun: boolean;
  /** How many records a change of many may concern. */
  readonly maxAffected: string | undefined;
}

const none: Preferences = { minimal: false, dryRun: false, maxAffected: undefined };

export function readPreferences({ headers }: Pick<AppRequest, "headers">): Preferences {
  const header = headers.prefer;
  if (header === undefined) return none;
  const text = Array.isArray(header) ? header.join() : (header ?? "");
  const given = new Map(
    text.split(/[,;]/).map((part): [string, string] => {
      const [name = "", value = ""] = part.split("=", 2);
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, "$1")];
    }),
  );
  return {
    minimal: given.get("return") === "minimal",
    dryRun: given.get("tx") === "rollback",
    maxAffected: given.get("max-affected"),
  };
}

/** The header that says which preferences were followed. */
export function applied({ minimal, dryRun }: Preferences): readonly string[] {
  const followed = [...(minimal ? ["return=minimal"] : []), ...(dryRun ? ["tx=rollback"] : [])];
  return followed.length > 0 ? ["preference-applied", followed.join(", ")] : [];
}
