import type { AttributeType, ScalarType } from "../types.ts";
import { readCount } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readChoiceOptions } from "./readChoiceOptions.ts";
import { readExpressionArgument } from "./readExpression.ts";
import type { Expression } from "./syntax.ts";

/** Kinds of values that an expression can come out as. */
export const calculationKinds = [
  "text",
  "integer",
  "bigint",
  "decimal",
  "money",
  "boolean",
  "date",
  "time",
  "timestamp",
  "duration",
  "uuid",
  "json",
  "choice",
  "list",
] as const;

type CalculationKind = (typeof calculationKinds)[number];

/** What a calculated list can hold. */
const itemKinds = ["text", "integer", "bigint", "decimal", "boolean", "date", "time", "timestamp", "duration", "uuid"];

/** A type and a text that is read as a value of it. */
export interface TypedText {
  readonly type: AttributeType;
  readonly text: string;
  readonly options: OptionReader;
}

export interface TypedTextForm {
  /** What the text is: the last part of its path. */
  readonly part: "expression" | "pointer";
  /** A text in quotes, for what to write. */
  readonly sample: string;
  /** Options besides those of the type. */
  readonly more: readonly string[];
  /** In whose name other options are refused. */
  readonly of: string;
}

/** Reads `decimal("amount * probability / 100.0", { scale: 2 })`; null when it is refused. */
export function readTypedText(node: Expression, at: At, form: TypedTextForm): TypedText | null {
  const { reading, path } = at;
  const { part, sample } = form;
  const expected = `a type with ${part === "pointer" ? "a pointer" : "an expression"}, such as \`text(${sample})\``;
  const call = readCall(node, reading, { path, allowed: calculationKinds, expected });
  const kind = calculationKinds.find((candidate) => candidate === call?.name);
  if (!call || !kind) return null;
  reading.place([...path, "type"], call.node.callee);
  const hasArgument = kind === "choice" || kind === "list";
  const argument = hasArgument ? readTypeArgument(kind, call, at) : null;
  const index = hasArgument ? 1 : 0;
  const example =
    kind === "choice"
      ? `choice(["a", "b"], ${sample})`
      : kind === "list"
        ? `list(text(), ${sample})`
        : `${kind}(${sample})`;
  const text = readExpressionArgument(call, index, { ...at, example, option: part });
  const own = kind === "decimal" ? ["precision", "scale"] : kind === "money" ? ["currency"] : [];
  const options = new OptionReader(optionsArgument(call, index + 1, reading, path), at, {
    allowed: [...own, ...form.more],
    of: form.of,
  });
  if (text === null) return null;
  return { type: argument ?? readOptionsType(kind, options), text, options };
}

function readTypeArgument(kind: "choice" | "list", call: Call, at: At): AttributeType {
  if (kind === "choice") return { kind, options: readChoiceOptions(call, at) };
  return { kind, of: readItemType(call, at) };
}

function readItemType(call: Call, { reading, path }: At): ScalarType {
  const [first] = call.args;
  const at = [...path, "of"];
  const expected = "what the list holds, such as `text()`";
  if (!first) {
    reading.refuse("missing_option", call.node, at, `Write ${expected} here.`);
    return { kind: "text" };
  }
  const item = readCall(first, reading, { path: at, allowed: itemKinds, expected });
  const kind = calculationKinds.find((candidate) => candidate === item?.name);
  if (!item || !kind) return { kind: "text" };
  const own = kind === "decimal" ? ["precision", "scale"] : [];
  const object = optionsArgument(item, 0, reading, at);
  const options = new OptionReader(object, { reading, path: at }, { allowed: own, of: "What a list holds" });
  return readOptionsType(kind, options) as ScalarType;
}

function readOptionsType(kind: CalculationKind, options: OptionReader): AttributeType {
  switch (kind) {
    case "decimal":
      return { kind, ...present({ precision: readDigits("precision", options), scale: readDigits("scale", options) }) };
    case "money":
      return { kind, ...present({ currency: options.text("currency") }) };
    case "choice":
      return { kind, options: [] };
    case "list":
      return { kind, of: { kind: "text" } };
    default:
      return { kind };
  }
}

function readDigits(name: string, options: OptionReader): number | undefined {
  const node = options.node(name);
  return node ? (readCount(node, options.reading, [...options.path, name]) ?? undefined) : undefined;
}
