import type { OptionCode } from "./attributeCode.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** An option that is a text; none where there is no text. */
export function optionalText(name: string, value: string | undefined, style: Style): readonly OptionCode[] {
  return value === undefined ? [] : [[name, quoteText(value, style)]];
}
