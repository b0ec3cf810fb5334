import type { CallExpression, ImportDeclaration, Span, Spot } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit } from "./SourceFile.ts";

/** One element of a bracketed list, with any parentheses around it. */
export interface Item extends Span {
  /** After the comma that follows it; null when none does. */
  readonly commaEnd: number | null;
}

/** Anything in brackets with commas between: an object, an array, arguments, imported names. */
export interface Container {
  /** Of the opening bracket. */
  readonly open: number;
  /** Of the closing bracket. */
  readonly close: number;
  readonly items: readonly Item[];
}

/** The properties of an object or the elements of an array. */
export function containerOf(
  source: SourceFile,
  node: Spot & { readonly properties?: readonly Spot[]; readonly elements?: readonly (Spot | null)[] },
): Container {
  const { start, end } = spanOf(node);
  return container(source, { start, end }, node.properties ?? node.elements ?? []);
}

/** The arguments of a call. */
export function argumentsOf(source: SourceFile, call: CallExpression): Container {
  const { end } = spanOf(call);
  const after = spanOf(call.typeArguments ?? call.callee).end;
  return container(source, { start: skipTrivia(source, after), end }, call.arguments);
}

/** The names between the braces of an import. */
export function specifiersOf(source: SourceFile, declaration: ImportDeclaration): Container | null {
  const specifiers = declaration.specifiers.filter((specifier) => specifier.type === "ImportSpecifier");
  const [first] = specifiers;
  const last = specifiers.at(-1);
  if (!first || !last) return null;
  const open = source.text.lastIndexOf("{", spanOf(first).start);
  let close = skipTrivia(source, spanOf(last).end);
  if (source.text[close] === ",") close = skipTrivia(source, close + 1);
  return container(source, { start: open, end: close + 1 }, specifiers);
}

function container(source: SourceFile, { start, end }: Span, nodes: readonly (Spot | null)[]): Container {
  const { text, path } = source;
  const close = end - 1;
  const items: Item[] = [];
  let from = start + 1;
  for (const node of nodes) {
    if (!node) throw cannotEdit(path);
    const first = skipTrivia(source, from);
    let last = spanOf(node).end;
    let next = skipTrivia(source, last);
    while (text[next] === ")" && next < close) {
      last = next + 1;
      next = skipTrivia(source, last);
    }
    const commaEnd = text[next] === "," ? next + 1 : null;
    items.push({ start: first, end: last, commaEnd });
    from = commaEnd ?? last;
  }
  return { open: start, close, items };
}

/** The first place from `from` on that is neither white space nor comment. */
function skipTrivia({ text, comments }: SourceFile, from: number): number {
  let at = from;
  for (;;) {
    const comment = comments.get(at);
    if (comment !== undefined) at = comment;
    else if (at < text.length && /\s/.test(text[at] ?? "")) at++;
    else return at;
  }
}
