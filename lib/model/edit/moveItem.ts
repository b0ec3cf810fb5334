import type { Span } from "../read/syntax.ts";
import type { Container, Item } from "./Container.ts";
import { chunkEnd, chunkOf, chunkStart } from "./chunkOf.ts";
import { insertItem } from "./insertItem.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { spliceText, withText } from "./SourceFile.ts";

/**
 * The text with the item at `from` moved before the one at `to`, or to the end where `to` is the number of items.
 * Items on lines of their own take their comments along. `again` finds the container in a changed text.
 */
export function moveItem(
  source: SourceFile,
  again: (source: SourceFile) => Container,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const container = again(source);
  const { items } = container;
  const last = items.at(-1);
  if (last && last.commaEnd === null && container.items.some((_, index) => chunkOf(source, container, index))) {
    const closed = withText(source, spliceText(source.text, last.end, last.end, ","));
    const moved = withText(closed, moveItem(closed, again, { from, to }));
    const end = again(moved).items.at(-1)?.commaEnd;
    return end ? spliceText(moved.text, end - 1, end, "") : moved.text;
  }
  const chunk = chunkOf(source, container, from);
  const target = chunkEnd(source, container, to - 1) ?? chunkStart(source, container, to);
  const item = items[from];
  if (!item) return source.text;
  if (chunk && target !== null) {
    const lines = source.text.slice(chunk.start, chunk.end);
    return target <= chunk.start
      ? spliceText(spliceText(source.text, chunk.start, chunk.end, ""), target, target, lines)
      : spliceText(spliceText(source.text, target, target, lines), chunk.start, chunk.end, "");
  }
  const text = withComments(source, item, chunk ?? { start: item.start, end: item.commaEnd ?? item.end });
  const without = withText(source, removeItem(source, container, from));
  return insertItem(without, again(without), { index: to > from ? to - 1 : to, print: () => text, empty: "lines" });
}

/** An item with all the comments of its lines before it, so that a comma can follow. */
function withComments(source: SourceFile, item: Item, chunk: Span): string {
  const { text, style } = source;
  const outside = [...source.comments].filter(
    ([start]) => (start >= chunk.start && start < item.start) || (start >= item.end && start < chunk.end),
  );
  const comments = outside.sort(([a], [b]) => a - b).map(([start, end]) => text.slice(start, end) + style.newline);
  return comments.join("") + text.slice(item.start, item.end);
}
