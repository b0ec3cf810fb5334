import type { ValueObject } from "../types.ts";
import type { OptionCode } from "./attributeCode.ts";
import { attributeCode } from "./attributeCode.ts";
import { call, object } from "./Code.ts";
import { printModule } from "./printModule.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";
import { defaultStyle } from "./Style.ts";

/** A fresh file for a value object. */
export function printValueObject(valueObject: ValueObject): string {
  const options = { ...object(valueObjectOptionCodes(valueObject, defaultStyle)), open: true };
  return printModule(call("valueObject", quoteText(valueObject.name, defaultStyle), options), defaultStyle);
}

/** What a value object says of itself, in the order in which it is written. */
export function valueObjectOptionCodes({ describe, attributes }: ValueObject, style: Style): readonly OptionCode[] {
  const members = attributes.map((attribute) => [attribute.name, attributeCode(attribute, style, "part")] as const);
  return [
    ...(describe === undefined ? [] : [["describe", quoteText(describe, style)] as const]),
    ["attributes", { ...object(members), open: true }],
  ];
}
