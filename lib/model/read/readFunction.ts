import type { AppFunction, FunctionExample } from "../processTypes.ts";
import type { AttributeType, JsonValue } from "../types.ts";
import { attributeBuilders, isAttributeKind, optionsIndex } from "./builders.ts";
import { plain, readJson, refuseKind } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader, readItems, readSection } from "./OptionReader.ts";
import { typeOptions } from "./optionsOf.ts";
import { present } from "./present.ts";
import type { Reading } from "./Reading.ts";
import { readArgument } from "./readActions.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readModule } from "./readModule.ts";
import { readOptions } from "./readProperties.ts";
import { readHead } from "./readStarts.ts";
import { readTypeHead } from "./readType.ts";
import { someOf } from "./someOf.ts";
import type { Expression } from "./syntax.ts";
import { spanOf } from "./syntax.ts";

/** What a function can say besides what it does, in the order in which it is written. */
const functionOptions = ["describe", "parameters", "returns", "examples"] as const;

const example = 'fn("vat", { parameters: { amount: decimal() }, returns: decimal() }, ({ amount }) => amount)';

/** Reads a file under `functions/`; null when not even its name can be made out. What it does stays the text that it is. */
export function readFunction(text: string, reading: Reading): AppFunction | null {
  const shown = 'export default fn("vat", { ... }, ({ amount }) => amount)';
  return readModule(text, reading, {
    builder: "fn",
    example: shown,
    read: (call) => readDeclaration(call, text, reading),
  });
}

function readDeclaration(call: Call, text: string, reading: Reading): AppFunction | null {
  const name = readHead(call, { reading, path: [] }, { part: "name", example });
  const [first, , body, extra] = call.args;
  if (name === null || !first) return null;
  const path = ["functions", name];
  reading.place(path, first);
  if (extra) reading.refuse("unknown_option", extra, path, "`fn` takes nothing more. Remove this.");
  const object = optionsArgument({ ...call, args: call.args.slice(0, 2) }, 1, reading, path);
  const options = new OptionReader(object, { reading, path }, { allowed: functionOptions, of: "A function" });
  const [parameters, returns, examples] = [
    options.node("parameters"),
    options.node("returns"),
    options.node("examples"),
  ];
  if (!returns) {
    reading.refuse("missing_option", call.node, [...path, "returns"], `Say what it returns: \`${example}\`.`);
  }
  return {
    name,
    ...present({ describe: options.text("describe") }),
    parameters: parameters ? readSection(parameters, options.at("parameters"), readArgument) : [],
    returns: (returns && readBareType(returns, options.at("returns"))) ?? { kind: "json" },
    ...present({ examples: examples && someOf(readItems(examples, options.at("examples"), readExample)) }),
    source: readSource(body, text, { reading, path: [...path, "source"] }, call),
  };
}

/** A type and nothing more: `decimal({ scale: 2 })`. */
function readBareType(node: Expression, at: At): AttributeType | null {
  const { reading, path } = at;
  const expected = "a type, such as `text()`";
  const call = readCall(node, reading, { path, allowed: attributeBuilders, expected });
  if (!call || !isAttributeKind(call.name)) return null;
  const head = readTypeHead(call.name, call, at);
  const object = optionsArgument(call, optionsIndex(call.name), reading, path);
  const options = object
    ? readOptions(object, reading, { path, allowed: typeOptions(head), of: "What a function returns" })
    : new Map();
  return head.complete(options, at);
}

/** `{ given: { amount: "100" }, returns: "19" }` */
function readExample(node: Expression, at: At): FunctionExample | null {
  const { reading, path } = at;
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    return refuseKind(object, reading, path, "Write `{ given: { ... }, returns: ... }` here.");
  }
  const options = new OptionReader(object, at, { allowed: ["given", "returns"], of: "An example" });
  const [given, returns] = (["given", "returns"] as const).map((option) => {
    const value = options.node(option);
    if (value) return readJson(value, reading, [...path, option]);
    reading.refuse("missing_option", object, path, "Write both: `{ given: { ... }, returns: ... }`.");
    return undefined;
  });
  if (given === undefined || returns === undefined) return null;
  if (!isObject(given)) {
    const message = "Write the parameters in `{ }` here, each by its name.";
    return reading.refuse("wrong_type", options.node("given") ?? object, [...path, "given"], message);
  }
  return { given, returns };
}

function isObject(value: JsonValue): value is Readonly<Record<string, JsonValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readSource(body: Expression | undefined, text: string, { reading, path }: At, call: Call): string {
  if (!body) {
    reading.refuse("missing_option", call.node, path, `Write what it does: \`${example}\`.`);
    return "";
  }
  reading.place(path, body);
  const { start, end } = spanOf(body);
  if (body.type !== "ArrowFunctionExpression" && body.type !== "FunctionExpression") {
    reading.refuse("wrong_type", body, path, "Write a function here: `({ amount }) => amount * 2`.");
  } else if (body.async || body.generator) {
    const message = "A function here answers at once: it has no `async` and no `*`. Let a process wait instead.";
    reading.refuse("wrong_type", body, path, message);
  } else if (body.params.length > 1) {
    const message = "A function here takes one object of its parameters: `({ amount, rate }) => ...`.";
    reading.refuse("wrong_type", body, path, message);
  }
  return text.slice(start, end);
}
