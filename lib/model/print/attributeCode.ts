import { defaultColumn } from "../naming/storedNames.ts";
import type { AttributeRole } from "../read/optionsOf.ts";
import type { Attribute, AttributeType, ChoiceOption, DefaultValue } from "../types.ts";
import { boundsKind } from "../values/canonicalText.ts";
import type { Code } from "./Code.ts";
import { call, callWithOptions, object } from "./Code.ts";
import { deprecatedCodes } from "./deprecatedCodes.ts";
import { jsonCode, textsCode } from "./literalCode.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

export type OptionCode = readonly [name: string, value: Code];

/** An attribute as a call of its builder: `decimal({ scale: 2 })`. */
export function attributeCode(attribute: Attribute, style: Style, role: AttributeRole = "attribute"): Code {
  const { type } = attribute;
  const head = typeHeadCode(type, style);
  return callWithOptions(type.kind, head === null ? [] : [head], attributeOptionCodes(attribute, style, role));
}

/** What stands before the options of a type: its options, what it is a list of, a pattern; null for most. */
export function typeHeadCode(type: AttributeType, style: Style): Code | null {
  switch (type.kind) {
    case "choice":
      return choiceCode(type.options, style);
    case "list":
      return typeCode(type.of, style);
    case "embed":
      return quoteText(type.valueObject, style);
    case "sequence":
      return quoteText(type.pattern, style);
    case "vector":
      return String(type.dimensions);
    default:
      return null;
  }
}

/** A type alone: `decimal({ scale: 2 })`. */
export function typeCode(type: AttributeType, style: Style): Code {
  const head = typeHeadCode(type, style);
  return callWithOptions(type.kind, head === null ? [] : [head], typeOptionCodes(type, style));
}

/** The options that say something other than the default, in the order in which they are written. */
export function attributeOptionCodes(
  attribute: Attribute,
  style: Style,
  role: AttributeRole = "attribute",
): readonly OptionCode[] {
  const { type, writable, example } = attribute;
  const isKey = role === "key";
  const column = isKey ? "id" : defaultColumn(attribute.name);
  return [
    ...(attribute.column === column || role === "part" ? [] : text("column", attribute.column, style)),
    ...typeOptionCodes(type, style),
    ...bound("min", attribute.min, type, style),
    ...bound("max", attribute.max, type, style),
    ...flag("required", attribute.required && !isKey),
    ...flag("unique", attribute.unique && role === "attribute"),
    ...(attribute.default ? [["default", defaultCode(attribute.default, style)] as const] : []),
    ...count("minLength", attribute.minLength),
    ...count("maxLength", attribute.maxLength),
    ...text("pattern", attribute.pattern, style),
    ...count("minItems", attribute.minItems),
    ...count("maxItems", attribute.maxItems),
    ...flag("readOnly", writable === "readOnly"),
    ...flag("writeOnce", writable === "writeOnce"),
    ...flag("sensitive", attribute.sensitive === true),
    ...(example === undefined ? [] : [["example", jsonCode(example, style)] as const]),
    ...text("describe", attribute.describe, style),
    ...deprecatedCodes(attribute.deprecated, style),
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

function typeOptionCodes(type: AttributeType, style: Style): readonly OptionCode[] {
  switch (type.kind) {
    case "decimal":
      return [...count("precision", type.precision), ...count("scale", type.scale)];
    case "money":
      return text("currency", type.currency, style);
    case "embed":
      return flag("many", type.many === true);
    case "file":
      return [
        ...count("maxSize", type.maxSize),
        ...(type.mediaTypes === undefined ? [] : [["mediaTypes", textsCode(type.mediaTypes, style)] as const]),
      ];
    case "sequence":
      return flag("gapless", type.gapless === true);
    default:
      return [];
  }
}

function defaultCode(value: DefaultValue, style: Style): Code {
  switch (value.kind) {
    case "literal":
      return jsonCode(value.value, style);
    case "expression":
      return call("expression", quoteText(value.expression, style));
    default:
      return call(value.kind);
  }
}

function bound(name: string, value: string | undefined, type: AttributeType, style: Style): readonly OptionCode[] {
  if (value === undefined) return [];
  return [[name, boundsKind(type) === "integer" ? value : quoteText(value, style)]];
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
