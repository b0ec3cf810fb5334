import { defaultColumn } from "../naming/storedNames.ts";
import type { Attribute, AttributeType, ChoiceOption, DefaultValue } from "../types.ts";
import type { Code } from "./Code.ts";
import { call, callWithOptions, object } from "./Code.ts";
import { jsonCode, textsCode } from "./literalCode.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

export type OptionCode = readonly [name: string, value: Code];

/** An attribute as a call of its builder: `decimal({ scale: 2 })`. */
export function attributeCode(attribute: Attribute, style: Style, isKey = false): Code {
  const { type } = attribute;
  const args = type.kind === "choice" ? [choiceCode(type.options, style)] : [];
  return callWithOptions(type.kind, args, attributeOptionCodes(attribute, style, isKey));
}

/** The options that say something other than the default, in the order in which they are written. */
export function attributeOptionCodes(attribute: Attribute, style: Style, isKey = false): readonly OptionCode[] {
  const { type } = attribute;
  const column = isKey ? "id" : defaultColumn(attribute.name);
  return [
    ...(attribute.column === column ? [] : text("column", attribute.column, style)),
    ...(type.kind === "decimal" ? [...count("precision", type.precision), ...count("scale", type.scale)] : []),
    ...bound("min", attribute.min, type, style),
    ...bound("max", attribute.max, type, style),
    ...flag("required", attribute.required && !isKey),
    ...flag("unique", attribute.unique && !isKey),
    ...(attribute.default ? [["default", defaultCode(attribute.default, type, style)] as const] : []),
    ...count("minLength", attribute.minLength),
    ...count("maxLength", attribute.maxLength),
    ...text("pattern", attribute.pattern, style),
    ...text("describe", attribute.describe, style),
  ];
}

/** A list where options are stored under their own names, else a map from name to what is stored. */
export function choiceCode(options: readonly ChoiceOption[], style: Style): Code {
  if (options.every(({ name, stored }) => name === stored)) {
    return textsCode(
      options.map(({ name }) => name),
      style,
    );
  }
  return object(options.map(({ name, stored }) => [name, quoteText(stored, style)] as const));
}

function defaultCode(value: DefaultValue, type: AttributeType, style: Style): Code {
  if (value.kind !== "literal") return call(value.kind);
  return type.kind === "json" || typeof value.value !== "string"
    ? jsonCode(value.value, style)
    : quoteText(value.value, style);
}

function bound(name: string, value: string | undefined, type: AttributeType, style: Style): readonly OptionCode[] {
  if (value === undefined) return [];
  return [[name, type.kind === "integer" ? value : quoteText(value, style)]];
}

function text(name: string, value: string | undefined, style: Style): readonly OptionCode[] {
  return value === undefined ? [] : [[name, quoteText(value, style)]];
}

function count(name: string, value: number | undefined): readonly OptionCode[] {
  return value === undefined ? [] : [[name, String(value)]];
}

function flag(name: string, value: boolean): readonly OptionCode[] {
  return value ? [[name, "true"]] : [];
}
