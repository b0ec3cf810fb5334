import type { Deprecation } from "../types.ts";
import { plain, refuseKind } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Expression } from "./syntax.ts";

/** Reads `{ since: "2026-11-01", until: "2027-05-01", note: "Use total instead." }`; undefined where it is refused. */
export function readDeprecation(node: Expression | undefined, at: At): Deprecation | undefined {
  if (!node) return undefined;
  const { reading, path } = at;
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    refuseKind(node, reading, path, 'Write `{ since: "2026-11-01" }` here.');
    return undefined;
  }
  const options = new OptionReader(object, at, { allowed: ["since", "until", "note"], of: "`deprecated`" });
  const since = options.text("since");
  if (since === undefined) {
    const message = 'Say since when it is deprecated: `since: "2026-11-01"`.';
    if (!options.node("since")) reading.refuse("missing_option", node, path, message);
    return undefined;
  }
  return { since, ...present({ until: options.text("until"), note: options.text("note") }) };
}
