import { type CheckedExpression, checkExpression } from "#lib/expression/check/checkExpression.ts";
import type { Expression } from "#lib/expression/Expression.ts";
import type { ExpressionProblem } from "#lib/expression/ExpressionProblem.ts";
import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { describeExpression } from "#lib/expression/words/describeExpression.ts";

/** What an expression in a field must be: the names it may use and what it must come out as. */
export interface ExpressionPlace {
  readonly scope: ExpressionScope;
  /** Absent: anything. */
  readonly expected?: ValueType;
  /** The choice field that is given the value. */
  readonly target?: { readonly resource: string; readonly member: string };
}

export interface FieldCheck {
  readonly problems: readonly ExpressionProblem[];
  readonly expression: Expression | null;
  /** The expression as part of a sentence; null where its text says it better. */
  readonly words: string | null;
}

const nothing: FieldCheck = { problems: [], expression: null, words: null };

/** A field that is empty is no wrong expression. */
export function checkField(text: string, { scope, expected, target }: ExpressionPlace): FieldCheck {
  if (text.trim() === "") return nothing;
  const { expression, problems }: CheckedExpression = checkExpression(text, scope, {
    ...(expected ? { expected } : {}),
    ...(target ? { target } : {}),
  });
  const words = expression && describeExpression(expression, text);
  return { expression, problems, words: words?.startsWith("`") ? null : words };
}

/** The text with what the checker suggests; null where it suggests nothing. */
export function mended(text: string, { start, end, suggestion }: ExpressionProblem): string | null {
  return suggestion === undefined ? null : text.slice(0, start) + suggestion + text.slice(end);
}
