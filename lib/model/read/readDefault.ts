import { closest } from "../../expression/closest.ts";
import type { AttributeType, DefaultValue } from "../types.ts";
import { defaultBuilders } from "./builders.ts";
import { expectedValue } from "./expectedValue.ts";
import { plain, readString } from "./literals.ts";
import type { AttributeRole } from "./optionsOf.ts";
import type { Reading } from "./Reading.ts";
import { readCall } from "./readCall.ts";
import { readLiteral } from "./readLiteral.ts";
import type { Property } from "./readProperties.ts";
import type { CallExpression } from "./syntax.ts";

interface At {
  readonly reading: Reading;
  readonly path: readonly string[];
  readonly role: AttributeRole;
}

/** The `default` of an attribute: a literal that its type can hold, or a call such as `now()`. */
export function readDefault(
  type: AttributeType,
  option: Property | undefined,
  at: At,
): { readonly default?: DefaultValue } {
  if (!option) return {};
  const path = [...at.path, "default"];
  const node = plain(option.value);
  if (node.type === "CallExpression") return readCalledDefault(type, node, { ...at, path });
  if (node.type === "NullLiteral" || (node.type === "Identifier" && node.name === "undefined")) {
    at.reading.refuse("wrong_type", node, path, "Leave `default` out: without one the value is empty.");
    return {};
  }
  const value = readLiteral(type, node, { reading: at.reading, path });
  return value === undefined ? {} : { default: { kind: "literal", value } };
}

function readCalledDefault(type: AttributeType, node: CallExpression, at: At): { readonly default?: DefaultValue } {
  const { reading, path, role } = at;
  const call = readCall(node, reading, { path, allowed: defaultBuilders, expected: "a value, `now()` or `today()`" });
  const kind = defaultBuilders.find((name) => name === call?.name);
  if (!call || !kind) return {};
  const extra = call.args[kind === "expression" ? 1 : 0];
  if (extra) reading.refuse("unknown_option", extra, path, `\`${call.name}()\` takes nothing here. Remove this.`);
  const fitting = fittingCalls(type, role);
  if (fitting.includes(kind)) {
    if (kind !== "expression") return { default: { kind } };
    const [first] = call.args;
    if (first) reading.place([...path, "expression"], first);
    else
      reading.refuse("missing_option", node, path, 'Write what is worked out: `expression("addDays(today(), 14)")`.');
    const expression = first ? readString(first, reading, [...path, "expression"]) : null;
    return expression === null ? {} : { default: { kind, expression } };
  }
  const other = closest(kind, fitting) ?? fitting[0];
  const hint =
    other && other !== "expression"
      ? `Write \`${other}()\` or ${expectedValue(type.kind)}.`
      : `Write ${expectedValue(type.kind)}.`;
  reading.refuse("wrong_type", node, path, `${reasonAgainst(kind, type, role)} ${hint}`);
  return {};
}

function reasonAgainst(kind: (typeof defaultBuilders)[number], type: AttributeType, role: AttributeRole): string {
  if (kind === "generated" && role !== "key") return "Only a key can be `generated()`.";
  if (role === "part") return "The default of a part of a value object is a plain value.";
  if (kind === "expression") return "A key is not worked out.";
  return `\`${kind}()\` is no default for ${article(type.kind)} ${type.kind}.`;
}

/** The default of a part of a value object is a plain value, since its parts are not made on their own. */
function fittingCalls(type: AttributeType, role: AttributeRole): readonly (typeof defaultBuilders)[number][] {
  if (role === "part") return [];
  const worked = role === "key" ? [] : (["expression"] as const);
  switch (type.kind) {
    case "timestamp":
      return ["now", ...worked];
    case "date":
      return ["today", ...worked];
    case "uuid":
      return ["uuid", ...worked];
    case "integer":
    case "bigint":
      return role === "key" ? ["generated"] : worked;
    default:
      return worked;
  }
}

function article(word: string): string {
  return /^[aeio]/.test(word) ? "an" : "a";
}
