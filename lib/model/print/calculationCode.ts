import { defaultColumn } from "../naming/storedNames.ts";
import { orderTexts } from "../read/orderOf.ts";
import type { Aggregate, AttributeType, Calculation } from "../types.ts";
import type { OptionCode } from "./attributeCode.ts";
import { choiceCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { callWithOptions } from "./Code.ts";
import { deprecatedCodes } from "./deprecatedCodes.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** `decimal("amount * probability / 100.0", { scale: 2, stored: true })` */
export function calculationCode(calculation: Calculation, style: Style): Code {
  const { name, type, expression, column, describe, deprecated } = calculation;
  return typedTextCode(type, expression, style, [
    ...storedCode(name, column, style),
    ...optionalText("describe", describe, style),
    ...deprecatedCodes(deprecated, style),
  ]);
}

/** A type and a text that is read as a value of it: `decimal("amount * 2", { scale: 2 })`. */
export function typedTextCode(
  type: AttributeType,
  text: string,
  style: Style,
  options: readonly OptionCode[] = [],
): Code {
  return callWithOptions(
    type.kind,
    [...typeArguments(type, style), quoteText(text, style)],
    [...typeOptions(type, style), ...options],
  );
}

/** `sum("company.deals.amount", { where: "stage == 'lead'" })` */
export function aggregateCode(aggregate: Aggregate, style: Style): Code {
  const { name, path, field, where, order, column, describe, deprecated } = aggregate;
  const names = field === undefined ? path : [...path, field];
  return callWithOptions(
    aggregate.function,
    [quoteText(names.join("."), style)],
    [
      ...optionalText("where", where, style),
      ...(order === undefined ? [] : [["order", textsCode(orderTexts(order), style)] as const]),
      ...storedCode(name, column, style),
      ...optionalText("describe", describe, style),
      ...deprecatedCodes(deprecated, style),
    ],
  );
}

/** What stands between the brackets of a type before anything else. */
function typeArguments(type: AttributeType, style: Style): readonly Code[] {
  if (type.kind === "choice") return [choiceCode(type.options, style)];
  return type.kind === "list" ? [callWithOptions(type.of.kind, [], typeOptions(type.of, style))] : [];
}

function typeOptions(type: AttributeType, style: Style): readonly OptionCode[] {
  if (type.kind === "money") return optionalText("currency", type.currency, style);
  if (type.kind !== "decimal") return [];
  const count = (name: string, value: number | undefined) =>
    value === undefined ? [] : [[name, String(value)] as const];
  return [...count("precision", type.precision), ...count("scale", type.scale)];
}

function storedCode(name: string, column: string | undefined, style: Style): readonly OptionCode[] {
  if (column === undefined) return [];
  return [["stored", column === defaultColumn(name) ? "true" : quoteText(column, style)]];
}
