import type { Container } from "./Container.ts";
import { chunkOf, indentAt, lineStart, tailEnd } from "./chunkOf.ts";
import type { SourceFile } from "./SourceFile.ts";
import { spliceText } from "./SourceFile.ts";

/** Where an item will stand. */
export interface ItemRoom {
  /** Indentation of its line. */
  readonly indent: string;
  /** Columns before it on its line. */
  readonly before: number;
}

export interface NewItem {
  /** Its place among the items. */
  readonly index: number;
  /** Its text, given where it will stand. */
  readonly print: (room: ItemRoom) => string;
  /** How an empty container is opened: on lines of its own, or on one line with or without a space inside the brackets. */
  readonly empty: "lines" | "spaced" | "tight";
}

/** The text with one more item, in the manner of the items that are there. */
export function insertItem(source: SourceFile, container: Container, item: NewItem): string {
  const { items } = container;
  const [first] = items;
  if (!first) return insertFirst(source, container, item);
  const onLines = lineStart(source.text, first.start) > container.open;
  if (item.index > 0)
    return onLines ? insertLineAfter(source, container, item) : insertInlineAfter(source, container, item);
  const chunk = onLines ? chunkOf(source, container, 0) : null;
  if (!chunk && !onLines) {
    const text = item.print(roomAt(source.text, first.start));
    return spliceText(source.text, first.start, first.start, `${text}, `);
  }
  const start = chunk?.start ?? lineStart(source.text, first.start);
  const indent = indentAt(source.text, first.start);
  const text = item.print({ indent, before: indent.length });
  return spliceText(source.text, start, start, `${indent}${text},${source.style.newline}`);
}

function insertFirst(source: SourceFile, { open, close }: Container, { print, empty }: NewItem): string {
  const { text, style } = source;
  const inside = text.slice(open + 1, close);
  const outer = indentAt(text, open);
  const indent = outer + style.indent;
  const bare = inside.trim() === "";
  if (empty === "lines" || !bare) {
    const kept = bare ? "" : inside.trimEnd();
    const line = `${style.newline}${indent}${print({ indent, before: indent.length })},${style.newline}${outer}`;
    return spliceText(text, open + 1, close, kept + line);
  }
  const pad = empty === "spaced" ? " " : "";
  const room = roomAt(text, open + 1);
  return spliceText(text, open + 1, close, pad + print({ ...room, before: room.before + pad.length }) + pad);
}

function insertLineAfter(source: SourceFile, container: Container, { index, print }: NewItem): string {
  const { text, style } = source;
  const { items } = container;
  const at = Math.min(index, items.length) - 1;
  const previous = items[at];
  if (!previous) return text;
  const indent = indentAt(text, previous.start);
  const comma = previous.commaEnd === null ? "," : "";
  const ownComma = previous.commaEnd === null ? "" : ",";
  const line = indent + print({ indent, before: indent.length }) + ownComma;
  const chunk = chunkOf(source, container, at);
  const end = chunk?.end ?? tailEnd(source, container, at);
  const inserted = chunk ? line + style.newline : style.newline + line;
  return spliceText(spliceText(text, end, end, inserted), previous.end, previous.end, comma);
}

function insertInlineAfter(source: SourceFile, { items }: Container, { index, print }: NewItem): string {
  const { text } = source;
  const previous = items[Math.min(index, items.length) - 1];
  if (!previous) return text;
  const at = previous.commaEnd ?? previous.end;
  const room = roomAt(text, at);
  if (previous.commaEnd === null) return spliceText(text, at, at, `, ${print({ ...room, before: room.before + 2 })}`);
  return spliceText(text, at, at, ` ${print({ ...room, before: room.before + 1 })},`);
}

function roomAt(text: string, at: number): ItemRoom {
  return { indent: indentAt(text, at), before: at - lineStart(text, at) };
}
