import type { Expression } from "../Expression.ts";
import type { SyntaxNode } from "../parse/SyntaxNode.ts";
import { booleanType } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import type { Checking } from "./Checking.ts";
import { coerce } from "./coerce.ts";
import type { Sight } from "./Sight.ts";
import type { Term, ValueTerm } from "./Term.ts";

/** A piece of syntax that must be a value; null when a problem was reported instead. */
export function checkValue(node: SyntaxNode, sight: Sight, checking: Checking): ValueTerm | null {
  const term = checking.check(node, sight);
  return term && asValue(term, checking);
}

export function asValue(term: Term, checking: Checking): ValueTerm | null {
  if (term.kind === "value") return term;
  const name = checking.quote(term);
  const message =
    term.kind === "record"
      ? `${name} is a record. Name one of its members, as in \`${plain(term, checking)}.id\`.`
      : `${name} stands for several records. Ask \`exists(…)\`, \`all(…)\` or \`count(…)\` of them, or one value of each with \`sum(…)\`, \`min(…)\`, \`list(…)\`.`;
  return checking.problem("wrong_type", message, term);
}

function plain(term: Term, checking: Checking): string {
  return checking.quote(term).slice(1, -1);
}

/** The key in place of a record, for what compares records; other values as they are. */
export function keyOrValue(term: Term, checking: Checking): ValueTerm | null {
  if (term.kind !== "record") return asValue(term, checking);
  const { start, end } = term;
  return { kind: "value", expression: term.key, origin: null, start, end };
}

/** A condition: true, false or null. */
export function checkCondition(node: SyntaxNode, sight: Sight, checking: Checking): Expression | null {
  const term = checkValue(node, sight, checking);
  if (!term) return null;
  const coerced = coerce(term.expression, { type: booleanType }, checking);
  if (coerced === "reported") return null;
  if (coerced !== "unfit") return coerced;
  const message = `${checking.quote(node)} is ${typeWords(term.expression.type)}; here something true or false is needed, such as a comparison.`;
  return checking.problem("wrong_type", message, node);
}
