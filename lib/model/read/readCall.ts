import { closest } from "../../expression/closest.ts";
import { plain } from "./literals.ts";
import { notLiteral } from "./notLiteral.ts";
import type { Reading } from "./Reading.ts";
import type { CallExpression, Expression, ObjectExpression } from "./syntax.ts";
import { spanOf } from "./syntax.ts";

export interface Call {
  readonly name: string;
  readonly node: CallExpression;
  readonly args: readonly Expression[];
}

/** A call of one of the named builder functions. */
export function readCall(
  expression: Expression,
  reading: Reading,
  at: { readonly path: readonly string[]; readonly allowed: readonly string[]; readonly expected: string },
): Call | null {
  const node = plain(expression);
  if (node.type !== "CallExpression") return reading.refuse("not_literal", node, at.path, `Write ${at.expected} here.`);
  const { callee } = node;
  if (callee.type !== "Identifier")
    return reading.refuse("unknown_function", callee, at.path, `Write ${at.expected} here.`);
  if (!at.allowed.includes(callee.name)) {
    const meant = closest(callee.name, at.allowed);
    const hint = meant ? `Did you mean \`${meant}\`?` : `Write ${at.expected} here.`;
    return reading.refuse("unknown_function", callee, at.path, `\`${callee.name}\` cannot stand here. ${hint}`);
  }
  if (!reading.called.has(callee.name)) reading.called.set(callee.name, spanOf(callee));
  const args: Expression[] = [];
  for (const argument of node.arguments) {
    if (argument.type === "SpreadElement" || argument.type === "ArgumentPlaceholder") {
      return reading.refuse("not_literal", argument, at.path, notLiteral(argument));
    }
    args.push(argument);
  }
  return { name: callee.name, node, args };
}

/** The options object among a call's arguments; null when there is none. More arguments than `index + 1` are refused. */
export function optionsArgument(
  call: Call,
  index: number,
  reading: Reading,
  path: readonly string[],
): ObjectExpression | null {
  const extra = call.args[index + 1];
  if (extra) reading.refuse("unknown_option", extra, path, `\`${call.name}\` takes nothing more. Remove this.`);
  const argument = call.args[index];
  if (!argument) return null;
  const options = plain(argument);
  if (options.type === "ObjectExpression") return options;
  return reading.refuse("wrong_type", argument, path, `Write the options of \`${call.name}\` in \`{ }\` here.`);
}
