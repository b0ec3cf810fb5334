/** A list on the three sides. */
export interface Lists<Item> {
  readonly base: readonly Item[];
  readonly mine: readonly Item[];
  readonly theirs: readonly Item[];
}

interface ListMerge<Item> {
  readonly identity: (item: Item) => string;
  /** Of an item that both sides have; `base` is undefined where both added it. */
  readonly merge: (base: Item | undefined, mine: Item, theirs: Item) => Item;
  /** Whether an item is as it was in the base. */
  readonly same: (base: Item, now: Item) => boolean;
  /** One side removed what the other changed; the changed one stays. */
  readonly onRemovedAndChanged: (kept: Item, removedBy: "mine" | "theirs") => void;
}

/** Theirs in its order with what mine added, each behind the item that it follows in mine; without what either removed. */
export function mergeList<Item>({ base, mine, theirs }: Lists<Item>, merging: ListMerge<Item>): readonly Item[] {
  const { identity, merge, same, onRemovedAndChanged } = merging;
  const [inBase, inMine, inTheirs] = [base, mine, theirs].map(
    (items) => new Map(items.map((item) => [identity(item), item])),
  );
  if (!inBase || !inMine || !inTheirs) return theirs;
  const merged: Item[] = [];
  for (const item of theirs) {
    const id = identity(item);
    const [was, ours] = [inBase.get(id), inMine.get(id)];
    if (ours !== undefined) merged.push(merge(was, ours, item));
    else if (was === undefined) merged.push(item);
    else if (!same(was, item)) {
      onRemovedAndChanged(item, "mine");
      merged.push(item);
    }
  }
  mine.forEach((item, index) => {
    const id = identity(item);
    if (inTheirs.has(id)) return;
    const was = inBase.get(id);
    if (was !== undefined) {
      if (same(was, item)) return;
      onRemovedAndChanged(item, "theirs");
    }
    const before = mine[index - 1];
    const at = before === undefined ? -1 : merged.findIndex((other) => identity(other) === identity(before));
    merged.splice(index === 0 ? 0 : at === -1 ? merged.length : at + 1, 0, item);
  });
  return merged;
}
