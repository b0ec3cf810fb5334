import type { ASTNode } from "@marcbachmann/cel-js";
import { Environment, ParseError } from "@marcbachmann/cel-js";
import type { ExpressionProblem } from "../ExpressionProblem.ts";
import { expressionLimits } from "../limits.ts";
import type { SyntaxNode } from "./SyntaxNode.ts";
import { SyntaxRefused, syntaxOf } from "./syntaxOf.ts";
import { syntaxProblem } from "./syntaxProblem.ts";

export type Parsed =
  | { readonly node: SyntaxNode; readonly problem: null }
  | { readonly node: null; readonly problem: ExpressionProblem };

/** The limits that hold are ours (`expressionLimits`); these only have to let through what they allow. */
const cel = new Environment({
  limits: { maxAstNodes: 20_000, maxDepth: 150, maxListElements: 1000, maxMapEntries: 1000, maxCallArguments: 1000 },
});

/** Reads the text of an expression in CEL's syntax. Never throws: what cannot be read is a problem. */
export function parseExpression(text: string): Parsed {
  if (text.length > expressionLimits.length) {
    const message = `An expression has at most ${expressionLimits.length} characters; this one has ${text.length}.`;
    return refused({ code: "too_long", message, start: 0, end: text.length });
  }
  const ast = astOf(text);
  if ("code" in ast) return refused(ast);
  try {
    return { node: syntaxOf(ast, text), problem: null };
  } catch (error) {
    if (error instanceof SyntaxRefused) return refused(error.problem);
    throw error;
  }
}

function astOf(text: string): ASTNode | ExpressionProblem {
  try {
    return cel.parse(text).ast;
  } catch (error) {
    if (error instanceof ParseError) return syntaxProblem(error, text);
    // A long row of `!` or `-` exhausts the stack of the parser.
    if (error instanceof RangeError) return tooDeep(text);
    throw error;
  }
}

function tooDeep(text: string): ExpressionProblem {
  return { code: "too_deep", message: "This is nested too deeply. Make it simpler.", start: 0, end: text.length };
}

function refused(problem: ExpressionProblem): Parsed {
  return { node: null, problem };
}
