import type { Field } from "../../plan/catalog/Catalog.ts";
import { binary, call, caseOf, cast, switchOf, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";

/**
 * A stored value as PostgreSQL is to print it in JSON. Bigints and decimals are texts, since clients would round them;
 * moments are RFC 3339 in UTC (sessions are) with as many digits of the second as are not zero.
 */
export function jsonValue({ type }: Pick<Field, "type">, stored: Expression): Expression {
  switch (type.kind) {
    case "bigint":
    case "decimal":
    case "time":
      return cast(stored, "text");
    case "duration":
      return durationText(cast(stored, "text"));
    case "timestamp":
      return moment(stored);
    case "choice": {
      const renamed = type.options.filter((option) => option.name !== option.stored);
      if (renamed.length === 0) return stored;
      const branches = renamed.map((option) => ({
        when: text(option.stored),
        value: text(option.name),
      }));
      return switchOf(stored, branches, stored);
    }
    case "text":
    case "integer":
    case "boolean":
    case "date":
    case "uuid":
    case "json":
    case "email":
    case "url":
    case "phone":
    case "money":
    case "list":
    case "embed":
    case "file":
    case "sequence":
    case "vector":
    case "encrypted":
      return stored;
  }
}

/** The canonical text of a stored value, as plans take it. */
export function canonicalText({ type }: Pick<Field, "type">, stored: Expression): Expression {
  if (type.kind === "timestamp") return moment(stored);
  if (type.kind === "duration") return durationText(cast(stored, "text"));
  if (type.kind === "money" && type.currency === undefined) {
    const part = (name: string) => binary(stored, "->>", text(name));
    return binary(binary(part("amount"), "||", text(" ")), "||", part("currency"));
  }
  return cast(stored, "text");
}

/** PostgreSQL prints the sign of a length of time at every part (in sessions whose style is ISO 8601), ISO in front. */
export function durationText(printed: Expression): Expression {
  const negative = binary(text("-"), "||", call("replace", printed, text("-"), text("")));
  return caseOf([{ when: binary(printed, "like", text("%-%")), value: negative }], printed);
}

function moment(stored: Expression): Expression {
  const local = call("replace", cast(cast(stored, "timestamp"), "text"), text(" "), text("T"));
  return binary(local, "||", text("Z"));
}
