import { flat } from "../print/layOut.ts";
import { textsCode } from "../print/literalCode.ts";
import { quoteText } from "../print/quoteText.ts";
import { plain } from "../read/literals.ts";
import type { ArrayExpression, Expression, Spot } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { containerOf } from "./Container.ts";
import { editList } from "./editList.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, spliceText } from "./SourceFile.ts";

/** Writes other text in the place of a string literal, in its own quotes. */
export function replaceText(source: SourceFile, node: Spot, text: string): string {
  const { start, end } = spanOf(node);
  const quote = source.text[start] === "'" ? "'" : source.style.quote;
  return spliceText(source.text, start, end, quoteText(text, { quote }));
}

/** Turns a written list of texts into another. */
export function editTexts(
  source: SourceFile,
  find: (source: SourceFile) => ArrayExpression,
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): SourceFile {
  return editList(source, {
    before,
    after,
    container: (current) => containerOf(current, find(current)),
    print: (index) => quoteText(after[index] ?? "", source.style),
    replace: (current, index, change) =>
      replaceText(current, elementAt(current, find(current), index), after[change.after] ?? ""),
    empty: "tight",
  });
}

/** Turns a written list of lists of texts into another. */
export function editGroups(
  source: SourceFile,
  find: (source: SourceFile) => ArrayExpression,
  {
    before,
    after,
  }: { readonly before: readonly (readonly string[])[]; readonly after: readonly (readonly string[])[] },
): SourceFile {
  return editList(source, {
    before: before.map((names) => JSON.stringify(names)),
    after: after.map((names) => JSON.stringify(names)),
    container: (current) => containerOf(current, find(current)),
    print: (index) => flat(textsCode(after[index] ?? [], source.style), source.style),
    replace: (current, index, change) => {
      const group = (latest: SourceFile) => asArray(latest, elementAt(latest, find(latest), index));
      const [from, to] = [before[change.before] ?? [], after[change.after] ?? []];
      if (group(current).elements.length !== from.length) throw cannotEdit(source.path);
      return editTexts(current, group, { before: from, after: to }).text;
    },
    empty: "tight",
  });
}

export function asArray({ path }: SourceFile, node: Expression): ArrayExpression {
  const array = plain(node);
  if (array.type !== "ArrayExpression") throw cannotEdit(path);
  return array;
}

function elementAt({ path }: SourceFile, list: ArrayExpression, index: number): Expression {
  const element = list.elements[index];
  if (!element || element.type === "SpreadElement") throw cannotEdit(path);
  return plain(element);
}
