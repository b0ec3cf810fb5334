import type { ExpressionText } from "#lib/model/types.ts";

/** A condition as roles of which one is asked for, and what else must be so. */
export interface RoleCondition {
  readonly roles: readonly string[];
  /** Empty: nothing. */
  readonly rest: ExpressionText;
}

const one = "'(\\w+)' in actor\\.roles";
const several = `${one}(?: \\|\\| ${one})*`;
const whole = new RegExp(`^(?:(${several})|(?:(${one})|\\((${several})\\)) && (?<rest>.+))$`, "s");

/** Takes the roles out of a condition that begins with them; other conditions have none. */
export function splitRoles(text: ExpressionText): RoleCondition {
  const trimmed = text.trim();
  const match = whole.exec(trimmed);
  const rest = match?.groups?.rest?.trim() ?? "";
  if (!match || (rest !== "" && isLoose(rest))) return { roles: [], rest: trimmed === "true" ? "" : trimmed };
  const head = rest === "" ? trimmed : trimmed.slice(0, trimmed.length - rest.length);
  const roles = [...head.matchAll(new RegExp(one, "g"))].map(([, role = ""]) => role);
  return { roles, rest };
}

/** The condition that asks for one of the roles and for the rest. */
export function joinRoles({ roles, rest }: RoleCondition): ExpressionText {
  const asked = roles.map((role) => `'${role}' in actor.roles`).join(" || ");
  if (asked === "") return rest === "" ? "true" : rest;
  if (rest === "") return asked;
  return `${roles.length > 1 ? `(${asked})` : asked} && ${isLoose(rest) ? `(${rest})` : rest}`;
}

/** Whether `&&` before it would take only its beginning: an `||` or a `?` stands outside of all brackets and texts. */
function isLoose(text: string): boolean {
  let depth = 0;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quote !== null) {
      if (sign === "\\") at += 1;
      else if (sign === quote) quote = null;
    } else if (sign === "'" || sign === '"') quote = sign;
    else if (sign === "(" || sign === "[" || sign === "{") depth += 1;
    else if (sign === ")" || sign === "]" || sign === "}") depth -= 1;
    else if (depth === 0 && (sign === "?" || (sign === "|" && text[at + 1] === "|"))) return true;
  }
  return false;
}
