import type { Span } from "../read/syntax.ts";
import type { Container } from "./Container.ts";
import { chunkOf, lineStart } from "./chunkOf.ts";
import type { SourceFile } from "./SourceFile.ts";
import { spliceText } from "./SourceFile.ts";

/** The text without one item, its comma and the comments that belong to it. */
export function removeItem(source: SourceFile, container: Container, index: number): string {
  return cutSpans(source.text, removalCuts(source, container, index));
}

/** What goes from the text when an item goes. */
export function removalCuts(source: SourceFile, container: Container, index: number): readonly Span[] {
  const { text } = source;
  const { items, open, close } = container;
  const item = items[index];
  if (!item) return [];
  const chunk = chunkOf(source, container, index);
  const cut = chunk ? withEmptyLine(text, chunk, container) : inlineCut(text, container, index);
  const rest = text.slice(open + 1, cut.start) + text.slice(cut.end, close);
  if (items.length === 1 && rest.trim() === "") return [{ start: open + 1, end: close }];
  const comma = item.commaEnd === null ? items[index - 1]?.commaEnd : null;
  return comma && comma <= cut.start ? [{ start: comma - 1, end: comma }, cut] : [cut];
}

export function cutSpans(text: string, cuts: readonly Span[]): string {
  const fromTheEnd = [...cuts].sort((a, b) => b.start - a.start);
  return fromTheEnd.reduce((current, { start, end }) => spliceText(current, start, end, ""), text);
}

/** An item within a line: white space goes with it, so that what is left stands as before. */
function inlineCut(text: string, { items, open }: Container, index: number): Span {
  const item = items[index];
  const previous = items[index - 1];
  if (!item) return { start: 0, end: 0 };
  const from = previous ? (previous.commaEnd ?? previous.end) : open + 1;
  const end = item.commaEnd ?? item.end;
  const space = text.slice(from, item.start);
  const after = /^[ \t]*(?=[^\s/])/.exec(text.slice(end))?.[0];
  if (items[index + 1] && after !== undefined && space.includes("\n"))
    return { start: item.start, end: end + after.length };
  return { start: space.trim() === "" ? from : item.start, end };
}

/** Takes one of two empty lines that would meet, or one that would be left beside a bracket. */
function withEmptyLine(text: string, chunk: Span, { open, close }: Container): Span {
  const previous = lineStart(text, Math.max(0, breakBefore(text, chunk.start)));
  const blankBefore = previous > open && text.slice(previous, chunk.start).trim() === "";
  const following = /^[ \t]*(\r\n|\n|\r)/.exec(text.slice(chunk.end))?.[0];
  const last = text.slice(chunk.end, close).trim() === "";
  if (blankBefore && (following !== undefined || last)) return { start: previous, end: chunk.end };
  const first = text.slice(open + 1, chunk.start).trim() === "";
  if (first && following !== undefined) return { start: chunk.start, end: chunk.end + following.length };
  return chunk;
}

/** Before the line break that ends the line above `at`. */
function breakBefore(text: string, at: number): number {
  return text.slice(0, at).endsWith("\r\n") ? at - 2 : at - 1;
}
