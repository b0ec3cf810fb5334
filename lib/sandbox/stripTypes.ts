import { type ParserOptions, parseExpression } from "@babel/parser";
import type { Node } from "@babel/types";

export type Stripped =
  | { readonly code: string }
  /** The line counts from 1, the column from 0. */
  | { readonly message: string; readonly line: number; readonly column: number };

const options: ParserOptions = { plugins: ["typescript"], strictMode: true };

/**
 * The JavaScript of an expression in TypeScript. Types become spaces, so that every line and column stays where it was
 * written. What is more than types (enums, namespaces, parameter properties) is refused.
 */
export function stripTypes(source: string): Stripped {
  try {
    const blanks: Span[] = [];
    visit(parseExpression(source, options), source, blanks);
    return { code: blanked(source, blanks) };
  } catch (error) {
    const { loc, message } = error as { readonly loc?: { line: number; column: number }; readonly message: string };
    if (!loc) throw error;
    return { message: message.replace(/ \(\d+:\d+\)$/, ""), ...loc };
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is there for the types alone, wherever it stands. */
const typesOnly: ReadonlySet<string> = new Set([
  "TSTypeAnnotation",
  "TSTypeParameterDeclaration",
  "TSTypeParameterInstantiation",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "TSDeclareMethod",
  "TSIndexSignature",
  "TSClassImplements",
  "TSInterfaceHeritage",
]);

const refused: Readonly<Record<string, string>> = {
  TSEnumDeclaration: "Enums are more than types. Use an object instead.",
  TSModuleDeclaration: "Namespaces are more than types. Use an object instead.",
  TSParameterProperty: "Parameter properties are more than types. Write the assignment out.",
  TSImportEqualsDeclaration: "Nothing can be imported here.",
  TSExportAssignment: "Nothing can be exported here.",
};

function visit(node: Node, source: string, blanks: Span[]): void {
  const { start, end } = spanOf(node);
  const why = refused[node.type];
  if (why !== undefined) throw Object.assign(new SyntaxError(why), { loc: node.loc?.start ?? { line: 1, column: 0 } });
  if (typesOnly.has(node.type) || ("declare" in node && node.declare === true)) {
    blanks.push({ start, end });
    return;
  }
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      blanks.push({ start: afterParentheses(source, spanOf(node.expression).end, end), end });
      break;
    case "TSTypeAssertion":
      blanks.push({ start, end: spanOf(node.typeAnnotation).end });
      blanks.push(mark(source, spanOf(node.typeAnnotation).end, ">"));
      break;
    case "TSInstantiationExpression":
      break;
    default:
      withoutModifiers(node, source, blanks);
  }
  for (const child of childrenOf(node)) {
    if ("typeAnnotation" in node && child === node.typeAnnotation && node.type.startsWith("TS")) continue;
    visit(child, source, blanks);
  }
}

/** Words and signs that stand beside what stays: `private x?: number`, `(this: T, a)`, `class A implements B`. */
function withoutModifiers(node: Node, source: string, blanks: Span[]): void {
  const { start } = spanOf(node);
  if (node.type === "Identifier") {
    if (node.optional) blanks.push(mark(source, start + node.name.length, "?"));
    return;
  }
  if ("params" in node && Array.isArray(node.params)) {
    const [first, second] = node.params as readonly Node[];
    if (first?.type === "Identifier" && first.name === "this") {
      const to = second ? spanOf(second).start : source.indexOf(")", spanOf(first).end);
      blanks.push({ start: spanOf(first).start, end: to });
    }
  }
  if (node.type === "ClassExpression" || node.type === "ClassDeclaration") {
    const [first] = node.implements ?? [];
    if (first) blanks.push({ start: source.lastIndexOf("implements", spanOf(first).start), end: spanOf(first).start });
    for (const [place, one] of (node.implements ?? []).entries()) {
      if (place > 0) blanks.push(mark(source, spanOf(node.implements?.[place - 1] ?? one).end, ","));
    }
    if ("abstract" in node && node.abstract) blanks.push({ start, end: start + "abstract".length });
    return;
  }
  if (node.type === "ClassProperty" || node.type === "ClassMethod" || node.type === "ClassPrivateProperty") {
    if ("abstract" in node && node.abstract) {
      blanks.push({ start, end: spanOf(node).end });
      return;
    }
    const key = spanOf(node.key);
    for (const word of source.slice(start, key.start).matchAll(/\b(public|private|protected|readonly|override)\b/g)) {
      blanks.push({ start: start + word.index, end: start + word.index + word[0].length });
    }
    if ("optional" in node && node.optional) blanks.push(mark(source, key.end, "?"));
    if ("definite" in node && node.definite) blanks.push(mark(source, key.end, "!"));
  }
  if (node.type === "VariableDeclarator" && node.definite) blanks.push(mark(source, spanOf(node.id).start, "!"));
}

function mark(source: string, from: number, sign: string): Span {
  const start = source.indexOf(sign, from);
  return { start, end: start + sign.length };
}

/** Past the parentheses that close around an expression: they stay. */
function afterParentheses(source: string, from: number, to: number): number {
  const closing = /^(?:\s*\))+/.exec(source.slice(from, to));
  return closing ? from + closing[0].length : from;
}

function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    if (name === "loc" || name.endsWith("Comments") || name === "extra" || name === "errors") return [];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function spanOf(node: Node): Span {
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

function blanked(source: string, blanks: readonly Span[]): string {
  const characters = [...Array(source.length).keys()].map((place) => source.charAt(place));
  for (const { start, end } of blanks) {
    for (let place = start; place < end; place += 1) {
      if (!/\s/.test(characters[place] ?? "")) characters[place] = " ";
    }
  }
  return characters.join("");
}
