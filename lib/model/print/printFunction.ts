import type { AppFunction, FunctionExample } from "../processTypes.ts";
import { argumentsCode } from "./argumentCode.ts";
import type { OptionCode } from "./attributeCode.ts";
import { typeCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { call, list, object } from "./Code.ts";
import { layOut } from "./layOut.ts";
import { jsonCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { printModule } from "./printModule.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";
import { defaultStyle } from "./Style.ts";

/** A fresh file for a function. What it does stands there as it was written. */
export function printFunction(appFunction: AppFunction): string {
  const style = defaultStyle;
  const options = { ...object(functionOptionCodes(appFunction, style)), open: true };
  const shown = layOut(options, { style, indent: "", before: 0, after: 0 });
  const calls = /\bDecimal\s*\./.test(appFunction.source) ? [call("Decimal")] : [];
  const head = printModule(call("fn", options, ...calls), style).split("export default ")[0] ?? "";
  return `${head}export default fn(${quoteText(appFunction.name, style)}, ${shown}, ${appFunction.source});${style.newline}`;
}

/** What a function says of itself besides what it does, in the order in which it is written. */
export function functionOptionCodes(
  { describe, parameters, returns, examples }: AppFunction,
  style: Style,
): readonly OptionCode[] {
  const shown = examples?.map((example) => exampleCode(example, style));
  return [
    ...optionalText("describe", describe, style),
    ...(parameters.length === 0 ? [] : [["parameters", argumentsCode(parameters, style)] as const]),
    ["returns", typeCode(returns, style)],
    ...(shown ? [["examples", list(shown)] as const] : []),
  ];
}

function exampleCode({ given, returns }: FunctionExample, style: Style): Code {
  return object([
    ["given", jsonCode(given, style)],
    ["returns", jsonCode(returns, style)],
  ]);
}
