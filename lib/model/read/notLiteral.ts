import type { Spot } from "./syntax.ts";

/** Says of an expression why it cannot be read and what to write in its place. */
export function notLiteral(node: Spot): string {
  switch (node.type) {
    case "Identifier":
      return "A variable cannot be read here, since this file is never run. Write its value.";
    case "TemplateLiteral":
    case "TaggedTemplateExpression":
      return "A template with values in it cannot be read here. Write the text itself.";
    case "SpreadElement":
      return "`...` cannot be read here. Write each value out.";
    case "CallExpression":
      return "A function call cannot be read here. Write a plain value.";
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return "A function cannot be read here. Write a plain value.";
    default:
      return "Only plain values can be read here, since this file is never run. Write the value itself.";
  }
}
