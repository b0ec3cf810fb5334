import type { parse } from "@babel/parser";

/** The parts of a parsed file that the reader and the editor look at. */
export type File = ReturnType<typeof parse>;
export type Statement = File["program"]["body"][number];
export type Expression = Extract<Statement, { type: "ExpressionStatement" }>["expression"];
export type ObjectExpression = Extract<Expression, { type: "ObjectExpression" }>;
export type ArrayExpression = Extract<Expression, { type: "ArrayExpression" }>;
export type CallExpression = Extract<Expression, { type: "CallExpression" }>;
export type ObjectProperty = Extract<ObjectExpression["properties"][number], { type: "ObjectProperty" }>;
export type ImportDeclaration = Extract<Statement, { type: "ImportDeclaration" }>;

/** Anything that stands somewhere in a file. */
export interface Spot {
  readonly type: string;
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

/** Offsets in UTF-16 units; `end` is not part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf(node: Spot): Span {
  return { start: node.start ?? 0, end: node.end ?? 0 };
}
