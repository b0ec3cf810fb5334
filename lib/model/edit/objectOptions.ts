import type { Code } from "../print/Code.ts";
import { flat, layOut } from "../print/layOut.ts";
import { quoteName } from "../print/quoteText.ts";
import { lineWidth } from "../print/Style.ts";
import { propertyName } from "../read/readProperties.ts";
import type { ObjectExpression, ObjectProperty } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { containerOf } from "./Container.ts";
import { lineStart } from "./chunkOf.ts";
import type { ItemRoom, NewItem } from "./insertItem.ts";
import { insertItem } from "./insertItem.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { spliceText, withText } from "./SourceFile.ts";

export function findProperty(object: ObjectExpression, name: string): ObjectProperty | null {
  const index = propertyIndex(object, name);
  const property = object.properties[index];
  return property?.type === "ObjectProperty" ? property : null;
}

export function propertyIndex(object: ObjectExpression, name: string): number {
  return object.properties.findIndex(
    (property) => property.type === "ObjectProperty" && propertyName(property) === name,
  );
}

/** Writes a property of an object: replaces its value, adds it in its rank, or takes it away where `value` is null. */
export function setProperty(
  source: SourceFile,
  object: ObjectExpression,
  change: {
    readonly name: string;
    readonly value: Code | null;
    /** The order in which properties are written. */
    readonly order: readonly string[];
    readonly empty: NewItem["empty"];
  },
): string {
  const { name, value, order, empty } = change;
  const index = propertyIndex(object, name);
  const existing = findProperty(object, name);
  if (value === null) return existing ? removeItem(source, containerOf(source, object), index) : source.text;
  if (existing) return replaceValue(source, existing, value);
  const rank = order.indexOf(name);
  const names = object.properties.map((property) =>
    property.type === "ObjectProperty" ? propertyName(property) : null,
  );
  const before = names.findLastIndex((other) => other !== null && order.includes(other) && order.indexOf(other) < rank);
  return insertItem(source, containerOf(source, object), {
    index: before + 1,
    print: (room) => printProperty(source, name, { value, room }),
    empty,
  });
}

/** Adds a property at a place among the others. */
export function insertProperty(
  source: SourceFile,
  object: ObjectExpression,
  { name, value, index }: { readonly name: string; readonly value: Code; readonly index: number },
): string {
  return insertItem(source, containerOf(source, object), {
    index,
    print: (room) => printProperty(source, name, { value, room }),
    empty: "lines",
  });
}

export function removeProperty(source: SourceFile, object: ObjectExpression, name: string): string {
  const index = propertyIndex(object, name);
  return index < 0 ? source.text : removeItem(source, containerOf(source, object), index);
}

/** Writes another name, in quotes where it was in quotes. */
export function renameProperty(source: SourceFile, property: ObjectProperty, to: string): string {
  const { start, end } = spanOf(property.key);
  const quote = source.text[start];
  const quoted = property.key.type === "StringLiteral" && (quote === '"' || quote === "'");
  const name = quoted && /^[\w$]+$/.test(to) ? quote + to + quote : quoteName(to, source.style);
  return spliceText(source.text, start, end, name);
}

function replaceValue(source: SourceFile, property: ObjectProperty, value: Code): string {
  const { start, end } = spanOf(property.value);
  const { text, style } = source;
  if (text.slice(start, end) === flat(value, style)) return text;
  const line = lineStart(text, start);
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
  return spliceText(text, start, end, layOut(value, { style, indent, before: start - line, after: 1 }));
}

/** Breaks an object that an edit made too long for its line into one property a line. */
export function breakLongObject(source: SourceFile, object: ObjectExpression): string {
  const { text, style } = source;
  const { start, end } = spanOf(object);
  const line = lineStart(text, start);
  const closing = /^\)?,?(?=[ \t]*(\/\/.*)?(\r|\n|$))/.exec(text.slice(end))?.[0];
  const short = end + (closing?.length ?? 0) - line <= lineWidth;
  const shared = closing === undefined || text.slice(line, start).includes("{");
  if (short || shared || text.slice(start, end).includes("\n") || object.properties.length === 0) return text;
  if ([...source.comments.keys()].some((comment) => comment > start && comment < end)) return text;
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
  const { items } = containerOf(source, object);
  const lines = items.map((item) => `${style.newline}${indent}${style.indent}${text.slice(item.start, item.end)},`);
  return spliceText(text, start, end, `{${lines.join("")}${style.newline}${indent}}`);
}

/** Applies edits one after the other; each gets the file as the one before left it. */
export function editInTurn(source: SourceFile, edits: readonly ((source: SourceFile) => string)[]): SourceFile {
  return edits.reduce((current, edit) => withText(current, edit(current)), source);
}

export function printProperty(
  { style }: SourceFile,
  name: string,
  { value, room }: { readonly value: Code; readonly room: ItemRoom },
): string {
  const key = `${quoteName(name, style)}: `;
  return key + layOut(value, { style, indent: room.indent, before: room.before + key.length, after: 1 });
}
