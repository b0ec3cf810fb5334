import type { CallCode, Code, ListCode, ObjectCode } from "../print/Code.ts";
import { flat, layOut } from "../print/layOut.ts";
import { plain, stringValue } from "../read/literals.ts";
import { parseSource } from "../read/parseSource.ts";
import { propertyName } from "../read/readProperties.ts";
import type { CallExpression, Expression } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { argumentsOf, containerOf } from "./Container.ts";
import { indentAt, lineStart } from "./chunkOf.ts";
import { renameCall } from "./editCall.ts";
import type { ItemsEdit } from "./editItems.ts";
import { editItems } from "./editItems.ts";
import { insertItem } from "./insertItem.ts";
import { replaceText } from "./literalEdits.ts";
import { printProperty, renameProperty } from "./objectOptions.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, spliceText, withText } from "./SourceFile.ts";

/** Finds the expression that is being edited in a changed text. */
export type FindNode = (source: SourceFile) => Expression;

export interface CodeEdit {
  /** What the expression says, as it would be printed. */
  readonly before: Code;
  /** What it shall say. */
  readonly after: Code;
}

/**
 * Turns a written expression into one that says something else, by the least edits where it is written as it would be
 * printed, however it is laid out; where it is written another way it is written anew.
 */
export function editCode(source: SourceFile, find: FindNode, { before, after }: CodeEdit): SourceFile {
  const { style } = source;
  if (flat(before, style) === flat(after, style)) return source;
  const node = plain(find(source));
  if (typeof before === "string" || typeof after === "string") return replaceNode(source, node, after);
  if (before.kind === "object" && after.kind === "object" && node.type === "ObjectExpression") {
    return editItems(source, objectEdit(find, before, after));
  }
  if (before.kind === "list" && after.kind === "list" && node.type === "ArrayExpression") {
    if (node.elements.length === before.items.length) return editItems(source, listEdit(find, before, after));
  }
  if (before.kind === "call" && after.kind === "call" && node.type === "CallExpression") {
    if (node.arguments.length === before.args.length) return editCallCode(source, find, before, after);
  }
  return replaceNode(source, node, after);
}

function objectEdit(find: FindNode, before: ObjectCode, after: ObjectCode): ItemsEdit {
  const [old, fresh] = [new Map(before.properties), new Map(after.properties)];
  const object = (source: SourceFile) => {
    const node = plain(find(source));
    if (node.type !== "ObjectExpression") throw cannotEdit(source.path);
    return node;
  };
  const property = (source: SourceFile, index: number) => {
    const found = object(source).properties[index];
    if (found?.type !== "ObjectProperty") throw cannotEdit(source.path);
    return found;
  };
  return {
    before: before.properties.map(([name]) => name),
    after: after.properties.map(([name]) => name),
    written: (source) =>
      object(source).properties.map((item) => (item.type === "ObjectProperty" ? (propertyName(item) ?? "") : "")),
    container: (source) => containerOf(source, object(source)),
    print: (source, name, room) => printProperty(source, name, { value: fresh.get(name) ?? "", room }),
    replace: (source, index, { from, to }) => {
      const renamed = from === to ? source : withText(source, renameProperty(source, property(source, index), to));
      const value = fresh.get(to) ?? "";
      // What is written although it would not be printed is there to be replaced.
      return editCode(renamed, (latest) => asExpression(latest, property(latest, index).value), {
        before: old.get(from) ?? "",
        after: value,
      });
    },
    empty: after.open ? "lines" : "spaced",
  };
}

function listEdit(find: FindNode, before: ListCode, after: ListCode): ItemsEdit {
  const [old, fresh] = [keyed(before.items), keyed(after.items)];
  const list = (source: SourceFile) => {
    const node = plain(find(source));
    if (node.type !== "ArrayExpression") throw cannotEdit(source.path);
    return node;
  };
  return {
    before: [...old.keys()],
    after: [...fresh.keys()],
    written: () => [...old.keys()],
    container: (source) => containerOf(source, list(source)),
    print: (source, key, { indent, before: taken }) =>
      layOut(fresh.get(key) ?? "", { style: source.style, indent, before: taken, after: 1 }),
    replace: (source, index, { from, to }) =>
      editCode(source, (latest) => asExpression(latest, list(latest).elements[index]), {
        before: old.get(from) ?? "",
        after: fresh.get(to) ?? "",
      }),
    empty: after.open ? "lines" : "tight",
  };
}

function editCallCode(source: SourceFile, find: FindNode, before: CallCode, after: CallCode): SourceFile {
  const call = (latest: SourceFile): CallExpression => {
    const node = plain(find(latest));
    if (node.type !== "CallExpression") throw cannotEdit(latest.path);
    return node;
  };
  let current = before.name === after.name ? source : withText(source, renameCall(source, call(source), after.name));
  const shared = Math.min(before.args.length, after.args.length);
  for (const [index, fresh] of after.args.slice(0, shared).entries()) {
    const edit = { before: before.args[index] ?? "", after: fresh };
    current = editCode(current, (latest) => asExpression(latest, call(latest).arguments[index]), edit);
  }
  for (let index = before.args.length - 1; index >= shared; index--) {
    current = withText(current, removeItem(current, argumentsOf(current, call(current)), index));
  }
  for (const [offset, fresh] of after.args.slice(shared).entries()) {
    const print = ({ indent, before: taken }: { readonly indent: string; readonly before: number }) =>
      layOut(fresh, { style: source.style, indent, before: taken, after: 2 });
    const item = { index: shared + offset, print, empty: "tight" } as const;
    current = withText(current, insertItem(current, argumentsOf(current, call(current)), item));
  }
  return current;
}

/** Writes an expression anew where it stands; a text keeps its own quotes. */
function replaceNode(source: SourceFile, node: Expression, after: Code): SourceFile {
  const { text, style } = source;
  const said = typeof after === "string" && node.type === "StringLiteral" ? textOf(after) : null;
  if (said !== null) return withText(source, replaceText(source, node, said));
  const { start, end } = spanOf(node);
  const before = start - lineStart(text, start);
  const code = layOut(after, { style, indent: indentAt(text, start), before, after: 1 });
  return withText(source, spliceText(text, start, end, code));
}

/** The text that printed code says; null when it is no text in quotes. */
function textOf(code: string): string | null {
  const statement = parseSource(`(${code})`).file?.program.body[0];
  return statement?.type === "ExpressionStatement" ? stringValue(statement.expression) : null;
}

/** Each item under a key of its own: its text, and a number where it stands there more than once. */
function keyed(items: readonly Code[]): ReadonlyMap<string, Code> {
  const byKey = new Map<string, Code>();
  for (const item of items) {
    const text = flat(item, { quote: '"', newline: "\n", indent: "" });
    let key = text;
    for (let number = 2; byKey.has(key); number++) key = `${text} ${number}`;
    byKey.set(key, item);
  }
  return byKey;
}

function asExpression({ path }: SourceFile, node: unknown): Expression {
  const isNode = typeof node === "object" && node !== null && "type" in node;
  if (!isNode || node.type === "SpreadElement" || node.type === "ArgumentPlaceholder") throw cannotEdit(path);
  return node as Expression;
}
