import { readString } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import type { Call } from "./readCall.ts";
import type { Expression } from "./syntax.ts";

/** The text of an expression at `path`; null when it is not written as plain text. */
export function readExpression(node: Expression, { reading, path }: At): string | null {
  reading.place(path, node);
  return readString(node, reading, path);
}

/** The expression that is an argument of a builder; null when it is missing or no plain text. */
export function readExpressionArgument(
  call: Call,
  index: number,
  at: At & { readonly example: string; readonly option?: string },
): string | null {
  const { reading, path, example, option = "expression" } = at;
  const node = call.args[index];
  if (node) return readExpression(node, { reading, path: [...path, option] });
  return reading.refuse("missing_option", call.node, path, `Write the expression in quotes: \`${example}\`.`);
}
