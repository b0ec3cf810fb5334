import type { ASTNode } from "@marcbachmann/cel-js";
import { UnsignedInt } from "@marcbachmann/cel-js/evaluator";
import type { ExpressionProblem, ExpressionProblemCode } from "../ExpressionProblem.ts";
import { expressionLimits } from "../limits.ts";
import type { LiteralSyntax, Span, SyntaxNode } from "./SyntaxNode.ts";

/** Why a syntax tree is not taken. */
export class SyntaxRefused extends Error {
  readonly problem: ExpressionProblem;

  constructor(code: ExpressionProblemCode, message: string, { start, end }: Span) {
    super(message);
    this.problem = { code, message, start, end };
  }
}

/**
 * The parser's tree as ours, within the limits.
 * @throws SyntaxRefused
 */
export function syntaxOf(ast: ASTNode, text: string): SyntaxNode {
  return new Reader(text).read(ast, 0);
}

class Reader {
  readonly #text: string;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `depth` counts what stands within each other; counting the nodes bounds the recursion itself. */
  read(ast: ASTNode, depth: number): SyntaxNode {
    const { start, end } = ast;
    if (++this.#nodes > expressionLimits.nodes) {
      const message = `An expression has at most ${expressionLimits.nodes} names, values and operators. Split it up.`;
      throw new SyntaxRefused("too_large", message, { start: 0, end: this.#text.length });
    }
    if (depth > expressionLimits.depth) {
      throw new SyntaxRefused("too_deep", `Nest at most ${expressionLimits.depth} levels within each other.`, ast);
    }
    const inner = (node: ASTNode) => this.read(node, depth + 1);
    switch (ast.op) {
      case "value":
        return { kind: "literal", value: literal(ast, this.#text.slice(start, end)), start, end };
      case "id":
        return { kind: "name", name: ast.args, start, end };
      case ".": {
        const [of, name] = ast.args;
        return { kind: "member", of: this.read(of, depth), name, nameAt: { start: ast.pos, end }, start, end };
      }
      case "[]": {
        const [of, index] = ast.args;
        return { kind: "index", of: this.read(of, depth), index: inner(index), start, end };
      }
      case "call": {
        const [name, args] = ast.args;
        const nameAt = { start, end: start + name.length };
        return { kind: "call", receiver: null, name, nameAt, arguments: args.map(inner), start, end };
      }
      case "rcall": {
        const [name, of, args] = ast.args;
        const receiver = this.read(of, depth);
        return {
          kind: "call",
          receiver,
          name,
          nameAt: this.#methodAt(of.end, name),
          arguments: args.map(inner),
          start,
          end,
        };
      }
      case "list":
        return { kind: "list", items: ast.args.map(inner), start, end };
      case "!_":
      case "-_":
        return { kind: "unary", operator: ast.op === "!_" ? "!" : "-", operand: inner(ast.args), start, end };
      case "&&":
      case "||":
        return { kind: "logic", operator: ast.op, operands: chain(ast).map(inner), start, end };
      case "?:": {
        const [condition, whenTrue, whenFalse] = ast.args;
        return {
          kind: "conditional",
          condition: inner(condition),
          whenTrue: inner(whenTrue),
          whenFalse: this.read(whenFalse, whenFalse.op === "?:" ? depth : depth + 1),
          start,
          end,
        };
      }
      case "map":
        throw new SyntaxRefused("syntax", "There are no maps here. A list is written `[1, 2]`.", ast);
      case ".?":
      case "[?]":
        throw new SyntaxRefused("syntax", "There are no optional members here. What is not there is null.", ast);
      default: {
        const [left, right] = ast.args;
        const same = left.op in binary;
        return {
          kind: "binary",
          operator: ast.op,
          left: this.read(left, same ? depth : depth + 1),
          right: inner(right),
          start,
          end,
        };
      }
    }
  }

  /** The parser does not say where the name of a method stands: after closing brackets, blanks, comments and the point. */
  #methodAt(after: number, name: string): Span {
    const between = /^(?:\)|\s|\/\/[^\n]*\n)*\.(?:\s|\/\/[^\n]*\n)*/.exec(this.#text.slice(after));
    const start = after + (between?.[0].length ?? 0);
    return { start, end: start + name.length };
  }
}

const binary = { "==": 0, "!=": 0, "<": 0, "<=": 0, ">": 0, ">=": 0, "+": 0, "-": 0, "*": 0, "/": 0, "%": 0, in: 0 };

/** `a && b && c` is `(a && b) && c` to the parser. */
function chain(ast: Extract<ASTNode, { op: "&&" | "||" }>): readonly ASTNode[] {
  const operands: ASTNode[] = [];
  let node: ASTNode = ast;
  while (node.op === ast.op) {
    const [left, right] = node.args as readonly [ASTNode, ASTNode];
    operands.push(right);
    node = left;
  }
  return [...operands, node].reverse();
}

function literal(ast: Extract<ASTNode, { op: "value" }>, written: string): LiteralSyntax["value"] {
  const value = ast.args;
  if (value === null || typeof value === "boolean" || typeof value === "bigint") return value;
  if (typeof value === "number") return { decimal: written };
  if (value instanceof UnsignedInt) return value.valueOf();
  if (typeof value === "string") {
    if (!value.isWellFormed() || value.includes("\0")) {
      throw new SyntaxRefused("bad_literal", "This text has a character that no text can hold.", ast);
    }
    return value;
  }
  throw new SyntaxRefused("syntax", "There are no bytes here. Write a text without the `b`.", ast);
}
