import { closest } from "../closest.ts";
import type { Expression } from "../Expression.ts";
import type { ExpressionProblem, ExpressionProblemCode } from "../ExpressionProblem.ts";
import type { ExpressionScope } from "../ExpressionScope.ts";
import type { Span, SyntaxNode } from "../parse/SyntaxNode.ts";
import type { Reference } from "../Reference.ts";
import type { Sight } from "./Sight.ts";
import type { Term } from "./Term.ts";

type CheckNode = (node: SyntaxNode, sight: Sight, checking: Checking) => Term | null;

/** One check of one expression: what is known of it, and what was found. */
export class Checking {
  readonly text: string;
  readonly scope: ExpressionScope;
  readonly problems: ExpressionProblem[] = [];
  readonly references: Reference[] = [];
  readonly #checkNode: CheckNode;
  readonly #places = new WeakMap<Expression, Span>();
  readonly #variables = new Set(["record"]);

  constructor(text: string, scope: ExpressionScope, checkNode: CheckNode) {
    this.text = text;
    this.scope = scope;
    this.#checkNode = checkNode;
  }

  /** What the syntax stands for; null when a problem was reported instead. */
  check(node: SyntaxNode, sight: Sight): Term | null {
    return this.#checkNode(node, sight, this);
  }

  problem(code: ExpressionProblemCode, message: string, at: Span & { readonly suggestion?: string | null }): null {
    const { start, end, suggestion } = at;
    this.problems.push({ code, message, start, end, ...(suggestion == null ? {} : { suggestion }) });
    return null;
  }

  /** A problem with a name that is not there, and the one that was probably meant. */
  unknown(code: ExpressionProblemCode, sentence: string, near: Span & { word: string; names: Iterable<string> }): null {
    const suggestion = closest(near.word, near.names);
    const message = suggestion === null ? `${sentence}.` : `${sentence}; did you mean \`${suggestion}\`?`;
    return this.problem(code, message, { start: near.start, end: near.end, suggestion });
  }

  refer(reference: Reference): void {
    this.references.push(reference);
  }

  /** Remembers where an expression was written, for problems that show later. */
  place<Placed extends Expression>(expression: Placed, { start, end }: Span): Placed {
    this.#places.set(expression, { start, end });
    return expression;
  }

  placeOf(expression: Expression): Span | null {
    return this.#places.get(expression) ?? null;
  }

  /** A name of its own for a variable. */
  variable(wish: string): string {
    let name = wish;
    for (let count = 2; this.#variables.has(name); count++) name = `${wish}${count}`;
    this.#variables.add(name);
    return name;
  }

  /** The text at a place in backticks, shortened. */
  quote({ start, end }: Span): string {
    const text = this.text.slice(start, end).replace(/\s+/g, " ");
    return `\`${text.length > 40 ? `${text.slice(0, 39)}…` : text}\``;
  }
}
