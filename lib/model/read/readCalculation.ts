import { defaultColumn } from "../naming/storedNames.ts";
import type { AttributeType, Calculation, ScalarType } from "../types.ts";
import { plain, readCount, readString } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readChoiceOptions } from "./readChoiceOptions.ts";
import { readDeprecation } from "./readDeprecation.ts";
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

/** Reads `decimal("amount * probability / 100.0", { scale: 2, stored: true })`. */
export function readCalculation(name: string, node: Expression, at: At): Calculation | null {
  const { reading, path } = at;
  const expected = 'a type with an expression, such as `integer("price * count")`';
  const call = readCall(node, reading, { path, allowed: calculationKinds, expected });
  const kind = calculationKinds.find((candidate) => candidate === call?.name);
  if (!call || !kind) return null;
  reading.place([...path, "type"], call.node.callee);
  const hasArgument = kind === "choice" || kind === "list";
  const argument = hasArgument ? readTypeArgument(kind, call, at) : null;
  const index = hasArgument ? 1 : 0;
  const example =
    kind === "choice" ? 'choice(["a", "b"], "...")' : kind === "list" ? 'list(text(), "...")' : `${kind}("...")`;
  const expression = readExpressionArgument(call, index, { ...at, example });
  const options = new OptionReader(optionsArgument(call, index + 1, reading, path), at, {
    allowed: calculationOptions(kind),
    of: "A calculation",
  });
  if (expression === null) return null;
  const type = argument ?? readOptionsType(kind, options);
  return {
    name,
    type,
    expression,
    ...present({
      column: readStored(name, options),
      describe: options.text("describe"),
      deprecated: readDeprecation(options.node("deprecated"), options.at("deprecated")),
    }),
  };
}

/** The options of a calculation, in the order in which they are written. */
function calculationOptions(kind: CalculationKind): readonly string[] {
  const own = kind === "decimal" ? ["precision", "scale"] : kind === "money" ? ["currency"] : [];
  return [...own, "stored", "describe", "deprecated"];
}

/** `stored: true`, or the stored name of the column. */
export function readStored(name: string, options: OptionReader): string | undefined {
  const node = options.node("stored");
  if (!node) return undefined;
  const value = plain(node);
  if (value.type === "BooleanLiteral") return value.value ? defaultColumn(name) : undefined;
  return readString(value, options.reading, [...options.path, "stored"]) ?? undefined;
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
