import { closest } from "../naming/closest.ts";
import type { AttributeType, DefaultValue, JsonValue } from "../types.ts";
import { canonicalText } from "../values/canonicalText.ts";
import { canonicalUuid } from "../values/canonicalUuid.ts";
import { defaultBuilders } from "./builders.ts";
import { expectedValue } from "./expectedValue.ts";
import { numberText, plain, readJson, refuseKind, stringValue } from "./literals.ts";
import type { Reading } from "./Reading.ts";
import { readCall } from "./readCall.ts";
import type { Property } from "./readProperties.ts";
import type { CallExpression, Expression } from "./syntax.ts";

interface At {
  readonly reading: Reading;
  readonly path: readonly string[];
  readonly isKey: boolean;
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
  const value = type.kind === "json" ? readJson(node, at.reading, path) : literalOf(type, node);
  if (value !== undefined) return { default: { kind: "literal", value } };
  if (type.kind !== "json") refuseLiteral(type, node, { ...at, path });
  return {};
}

/** The canonical value of a literal, `undefined` when the type cannot hold it. */
function literalOf(type: AttributeType, node: Expression): JsonValue | undefined {
  const text = stringValue(node);
  switch (type.kind) {
    case "text":
    case "choice":
      return text?.isWellFormed() ? text : undefined;
    case "boolean":
      return node.type === "BooleanLiteral" ? node.value : undefined;
    case "uuid":
      return text === null ? undefined : (canonicalUuid(text) ?? undefined);
    case "integer": {
      const canonical = canonicalText(numberText(node) ?? "", "integer");
      return canonical === null ? undefined : Number(canonical);
    }
    case "bigint":
    case "decimal":
    case "date":
    case "timestamp":
      return canonicalText(text ?? numberText(node) ?? "", type.kind) ?? undefined;
    default:
      return undefined;
  }
}

function refuseLiteral(type: AttributeType, node: Expression, { reading, path }: At): void {
  refuseKind(node, reading, path, `Write ${expectedValue(type.kind)} here.`);
}

function readCalledDefault(type: AttributeType, node: CallExpression, at: At): { readonly default?: DefaultValue } {
  const { reading, path, isKey } = at;
  const call = readCall(node, reading, { path, allowed: defaultBuilders, expected: "a value, `now()` or `today()`" });
  if (!call) return {};
  const kind = defaultBuilders.find((name) => name === call.name);
  const [extra] = call.args;
  if (extra) reading.refuse("unknown_option", extra, path, `\`${call.name}()\` takes nothing here. Remove this.`);
  const fitting = fittingCalls(type, isKey);
  if (kind && fitting.includes(kind)) return { default: { kind } };
  const other = kind ? (closest(kind, fitting) ?? fitting[0]) : undefined;
  const hint = other ? `Write \`${other}()\` or ${expectedValue(type.kind)}.` : `Write ${expectedValue(type.kind)}.`;
  const reason =
    kind === "generated" && !isKey
      ? "Only a key can be `generated()`."
      : `\`${call.name}()\` is no default for ${article(type.kind)} ${type.kind}.`;
  reading.refuse("wrong_type", node, path, `${reason} ${hint}`);
  return {};
}

function fittingCalls(type: AttributeType, isKey: boolean): readonly (typeof defaultBuilders)[number][] {
  switch (type.kind) {
    case "timestamp":
      return ["now"];
    case "date":
      return ["today"];
    case "uuid":
      return ["uuid"];
    case "integer":
    case "bigint":
      return isKey ? ["generated"] : [];
    default:
      return [];
  }
}

function article(word: string): string {
  return /^[aeio]/.test(word) ? "an" : "a";
}
