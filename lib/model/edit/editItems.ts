import type { Container } from "./Container.ts";
import { commonIndexes, listSteps } from "./editList.ts";
import type { ItemRoom, NewItem } from "./insertItem.ts";
import { insertItem } from "./insertItem.ts";
import { moveItem } from "./moveItem.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, withText } from "./SourceFile.ts";

/** What stands between brackets, each item under a key that no other has, and what shall stand there. */
export interface ItemsEdit {
  /** As it would be printed; what is written may stand in another order and hold more. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The keys of the items that are written, in their order. */
  readonly written: (source: SourceFile) => readonly string[];
  /** Finds the brackets in a changed text. */
  readonly container: (source: SourceFile) => Container;
  /** The text of a new item. */
  readonly print: (source: SourceFile, key: string, room: ItemRoom) => string;
  /** Turns the item at `index` into another. */
  readonly replace: (
    source: SourceFile,
    index: number,
    change: { readonly from: string; readonly to: string },
  ) => SourceFile;
  readonly empty: NewItem["empty"];
}

/**
 * Turns, removes, moves and adds items, as few as possible: what is not named stays as it is written. An item that gives
 * way to another in its place becomes it, so that a rename keeps the lines and comments around it.
 */
export function editItems(source: SourceFile, edit: ItemsEdit): SourceFile {
  const { before, after } = edit;
  const keys = [...edit.written(source)];
  let current = source;
  const became = new Map<string, string>();
  for (const step of listSteps(before, after)) {
    if (step.kind !== "replace") continue;
    const [from, to] = [before[step.before] ?? "", after[step.after] ?? ""];
    if (!after.includes(from) && !before.includes(to) && !keys.includes(to)) became.set(from, to);
  }
  for (const [index, from] of keys.entries()) {
    const to = became.get(from) ?? from;
    if (!after.includes(to)) continue;
    current = edit.replace(current, index, { from, to });
    keys[index] = to;
  }
  for (const gone of before.filter((key) => !after.includes(key) && keys.includes(key))) {
    current = withText(current, removeItem(current, edit.container(current), keys.indexOf(gone)));
    keys.splice(keys.indexOf(gone), 1);
  }
  const kept = before.map((key) => became.get(key) ?? key).filter((key) => after.includes(key));
  const wanted = after.filter((key) => kept.includes(key));
  if (kept.some((key, index) => key !== wanted[index])) current = reorder(current, keys, { edit, wanted });
  for (const [index, key] of after.entries()) {
    if (keys.includes(key)) continue;
    const previous = after.slice(0, index).findLast((other) => keys.includes(other));
    const at = previous === undefined ? 0 : keys.indexOf(previous) + 1;
    const item: NewItem = { index: at, print: (room) => edit.print(current, key, room), empty: edit.empty };
    current = withText(current, insertItem(current, edit.container(current), item));
    keys.splice(at, 0, key);
  }
  if (edit.container(current).items.length !== keys.length) throw cannotEdit(source.path);
  return current;
}

/** Moves as few items as possible, each with its lines. */
function reorder(
  source: SourceFile,
  keys: string[],
  { edit, wanted }: { readonly edit: ItemsEdit; readonly wanted: readonly string[] },
): SourceFile {
  const present = keys.filter((key) => wanted.includes(key));
  const stays = new Set(commonIndexes(present, wanted).map(([index]) => present[index]));
  return wanted
    .filter((key) => !stays.has(key))
    .reduce((current, key) => {
      const from = keys.indexOf(key);
      const previous = wanted[wanted.indexOf(key) - 1];
      const to = previous === undefined ? 0 : keys.indexOf(previous) + 1;
      if (from === to || from + 1 === to) return current;
      const moved = withText(current, moveItem(current, edit.container, { from, to }));
      keys.splice(to, 0, key);
      keys.splice(from < to ? from : from + 1, 1);
      return moved;
    }, source);
}
