import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { Expression } from "../../expression/Expression.ts";
import { describeExpression } from "../../expression/words/describeExpression.ts";
import { scopeOf } from "../expressions/scopeOf.ts";
import type { Argument, Model } from "../types.ts";

export interface Said {
  /** The resource that it is about. */
  readonly resource: string;
  readonly text: string;
  readonly arguments?: readonly Argument[];
}

/** An expression of a model in words, or its text between backticks where it is better read or not understood. */
export function expressionWords(model: Model, said: Said): string {
  const tree = treeOf(model, said);
  return tree ? describeExpression(tree, said.text) : `\`${said.text.replace(/\s+/g, " ").trim()}\``;
}

/** The checked tree of an expression; null when it has problems. */
export function treeOf(model: Model, { resource, text, arguments: given = [] }: Said): Expression | null {
  return checkExpression(text, scopeOf(model, resource, { arguments: given })).expression;
}
