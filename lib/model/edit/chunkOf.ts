import type { Span } from "../read/syntax.ts";
import type { Container, Item } from "./Container.ts";
import type { SourceFile } from "./SourceFile.ts";

/**
 * The whole lines that belong to an item: the comments right above it, itself, and what follows on its last line.
 * Null when it shares a line with a bracket or another item.
 */
export function chunkOf(source: SourceFile, container: Container, index: number): Span | null {
  const start = chunkStart(source, container, index);
  const end = chunkEnd(source, container, index);
  return start === null || end === null ? null : { start, end };
}

/** Where the lines of an item start; null when it does not start a line. */
export function chunkStart(source: SourceFile, container: Container, index: number): number | null {
  const item = container.items[index];
  if (!item) return null;
  const before = headEnd(source, container, index);
  const first = attachedStart(source, before, item);
  const start = lineStart(source.text, first);
  return start < before || source.text.slice(start, first).trim() !== "" ? null : start;
}

/** Where the lines of an item end; null when its last line goes on. */
export function chunkEnd(source: SourceFile, container: Container, index: number): number | null {
  return container.items[index] ? lineEnd(source.text, tailEnd(source, container, index)) : null;
}

/** After an item, its comma and the comments behind it on the same line. */
export function tailEnd(source: SourceFile, { items }: Container, index: number): number {
  const item = items[index];
  if (!item) return 0;
  const end = item.commaEnd ?? item.end;
  const tail = skipSameLine(source, end);
  return tail === end || isLineBreak(source.text, skipSpaces(source.text, tail)) || !items[index + 1] ? tail : end;
}

/** After the previous item with its tail, or after the opening bracket and the comment behind it. */
function headEnd(source: SourceFile, container: Container, index: number): number {
  if (index > 0) return tailEnd(source, container, index - 1);
  const open = container.open + 1;
  const tail = skipSameLine(source, open);
  return isLineBreak(source.text, skipSpaces(source.text, tail)) ? tail : open;
}

/** The start of the comments that stand right before an item, without an empty line between. */
function attachedStart(source: SourceFile, from: number, item: Item): number {
  const comments = [...source.comments].filter(([start]) => start >= from && start < item.start);
  let first = item.start;
  for (const [start, end] of comments.sort(([a], [b]) => b - a)) {
    if (countBreaks(source.text.slice(end, first)) > 1) break;
    first = start;
  }
  return first;
}

function skipSameLine({ text, comments }: SourceFile, from: number): number {
  let at = from;
  for (;;) {
    const next = skipSpaces(text, at);
    const comment = comments.get(next);
    if (comment === undefined) return at;
    at = comment;
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return at;
}

function isLineBreak(text: string, at: number): boolean {
  return text[at] === "\n" || text[at] === "\r";
}

/** Where the line starts in which `at` stands. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isLineBreak(text, start - 1)) start--;
  return start;
}

/** After the break of the line in which `at` stands; null when more than white space follows on it. */
function lineEnd(text: string, at: number): number | null {
  const end = skipSpaces(text, at);
  if (!isLineBreak(text, end)) return null;
  return text.startsWith("\r\n", end) ? end + 2 : end + 1;
}

function countBreaks(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1;
}

/** White space at the start of the line in which `at` stands. */
export function indentAt(text: string, at: number): string {
  const start = lineStart(text, at);
  return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? "";
}
