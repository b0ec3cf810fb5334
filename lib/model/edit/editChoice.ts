import { choiceCode } from "../print/attributeCode.ts";
import { layOut } from "../print/layOut.ts";
import { quoteName, quoteText } from "../print/quoteText.ts";
import { plain } from "../read/literals.ts";
import type { Expression, ObjectExpression } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import type { ChoiceOption } from "../types.ts";
import { containerOf } from "./Container.ts";
import { indentAt, lineStart } from "./chunkOf.ts";
import type { FindCall } from "./editCall.ts";
import { editList } from "./editList.ts";
import { asArray, editTexts, replaceText } from "./literalEdits.ts";
import { renameProperty } from "./objectOptions.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, spliceText, withText } from "./SourceFile.ts";

interface ChoiceEdit {
  readonly before: readonly ChoiceOption[];
  readonly after: readonly ChoiceOption[];
}

/** Brings the options of a written choice from what they were to what they shall be. */
export function editChoice(source: SourceFile, find: FindCall, edit: ChoiceEdit): SourceFile {
  const { before, after } = edit;
  if (JSON.stringify(before) === JSON.stringify(after)) return source;
  const node = plain(firstArgument(source, find));
  if (node.type === "ArrayExpression") {
    const isList = after.every(({ name, stored }) => name === stored);
    if (isList && node.elements.length === before.length) {
      const names = { before: before.map(({ name }) => name), after: after.map(({ name }) => name) };
      return editTexts(source, (current) => asArray(current, firstArgument(current, find)), names);
    }
    const map = node.elements.length === before.length ? withText(source, arrayToMap(source, find)) : null;
    return map ? editMap(map, find, edit) : replaceAll(source, find, after);
  }
  if (node.type !== "ObjectExpression") throw cannotEdit(source.path);
  return node.properties.length === before.length ? editMap(source, find, edit) : replaceAll(source, find, after);
}

function editMap(source: SourceFile, find: FindCall, { before, after }: ChoiceEdit): SourceFile {
  const { style } = source;
  const text = ({ name, stored }: ChoiceOption) => `${quoteName(name, style)}: ${quoteText(stored, style)}`;
  return editList(source, {
    before: before.map((option) => JSON.stringify(option)),
    after: after.map((option) => JSON.stringify(option)),
    container: (current) => containerOf(current, mapOf(current, find)),
    print: (index) => text(after[index] ?? { name: "", stored: "" }),
    replace: (current, index, change) => {
      const property = mapOf(current, find).properties[index];
      const [from, to] = [before[change.before], after[change.after]];
      if (property?.type !== "ObjectProperty" || !from || !to) throw cannotEdit(source.path);
      const stored = from.stored === to.stored ? current.text : replaceText(current, property.value, to.stored);
      return from.name === to.name ? stored : renameProperty({ ...current, text: stored }, property, to.name);
    },
    empty: "spaced",
  });
}

/** `["open", "shipped"]` to `{ open: "open", shipped: "shipped" }`, with its comments and lines. */
function arrayToMap(source: SourceFile, find: FindCall): string {
  const { text, style } = source;
  const array = asArray(source, firstArgument(source, find));
  const { start, end } = spanOf(array);
  const { items } = containerOf(source, array);
  const pad = (at: number) => (items.length > 0 && /\S/.test(text[at] ?? "") ? " " : "");
  let result = spliceText(text, end - 1, end, `${pad(end - 2)}}`);
  for (const [index, item] of [...items.entries()].reverse()) {
    const element = array.elements[index];
    const name = element?.type === "StringLiteral" || element?.type === "TemplateLiteral" ? optionName(element) : null;
    if (name === null) throw cannotEdit(source.path);
    result = spliceText(result, item.start, item.start, `${quoteName(name, style)}: `);
  }
  return spliceText(result, start, start + 1, `{${pad(start + 1)}`);
}

function optionName(node: Extract<Expression, { type: "StringLiteral" | "TemplateLiteral" }>): string | null {
  return node.type === "StringLiteral" ? node.value : (node.quasis[0]?.value.cooked ?? null);
}

function replaceAll(source: SourceFile, find: FindCall, options: readonly ChoiceOption[]): SourceFile {
  const { start, end } = spanOf(firstArgument(source, find));
  const { text, style } = source;
  const before = start - lineStart(text, start);
  const code = layOut(choiceCode(options, style), { style, indent: indentAt(text, start), before, after: 2 });
  return withText(source, spliceText(text, start, end, code));
}

function mapOf(source: SourceFile, find: FindCall): ObjectExpression {
  const node = plain(firstArgument(source, find));
  if (node.type !== "ObjectExpression") throw cannotEdit(source.path);
  return node;
}

function firstArgument(source: SourceFile, find: FindCall): Expression {
  const [first] = find(source).arguments;
  if (!first || first.type === "SpreadElement" || first.type === "ArgumentPlaceholder") throw cannotEdit(source.path);
  return first;
}
