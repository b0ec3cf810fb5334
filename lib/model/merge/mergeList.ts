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
  /** One side removed what the other changed; whether the changed one stays. */
  readonly onRemovedAndChanged: (changed: Item, removedBy: "mine" | "theirs") => boolean;
}

/**
 * What both sides have and what either added, without what either removed. In the order of theirs, or of mine where only
 * mine is in another order than the base; what the other side added stands behind the item that it follows there,
 * or at the end where it does so there.
 */
export function mergeList<Item>(lists: Lists<Item>, merging: ListMerge<Item>): readonly Item[] {
  const byIdentity = (items: readonly Item[]) => identified(items, merging.identity);
  const sides = { base: byIdentity(lists.base), mine: byIdentity(lists.mine), theirs: byIdentity(lists.theirs) };
  const kept = mergedItems(sides, merging);
  const [base, mine, theirs] = [[...sides.base.keys()], [...sides.mine.keys()], [...sides.theirs.keys()]];
  const [lead, other] = inOrder(base, theirs) && !inOrder(base, mine) ? [mine, theirs] : [theirs, mine];
  const ids = lead.filter((id) => kept.has(id));
  for (const [index, id] of other.entries()) {
    if (!kept.has(id) || ids.includes(id)) continue;
    const earlier = other.slice(0, index).findLast((before) => ids.includes(before));
    const atEnd = !other.slice(index).some((after) => ids.includes(after));
    ids.splice(atEnd ? ids.length : earlier === undefined ? 0 : ids.indexOf(earlier) + 1, 0, id);
  }
  return ids.flatMap((id) => kept.get(id) ?? []);
}

/** Items by identity; where several share one, the second is another thing than the first. */
function identified<Item>(items: readonly Item[], identity: (item: Item) => string): ReadonlyMap<string, Item> {
  const byIdentity = new Map<string, Item>();
  for (const item of items) {
    const id = identity(item);
    let free = id;
    for (let number = 2; byIdentity.has(free); number++) free = `${id} ${number}`;
    byIdentity.set(free, item);
  }
  return byIdentity;
}

/** The merged items by identity; each in a list of its own, since an item may be a list itself. */
function mergedItems<Item>(
  { base, mine, theirs }: Record<keyof Lists<Item>, ReadonlyMap<string, Item>>,
  { merge, same, onRemovedAndChanged }: ListMerge<Item>,
): ReadonlyMap<string, readonly [Item]> {
  const merged = new Map<string, readonly [Item]>();
  for (const id of new Set([...theirs.keys(), ...mine.keys()])) {
    const [was, ours, other] = [base.get(id), mine.get(id), theirs.get(id)];
    const only = ours ?? other;
    if (ours !== undefined && other !== undefined) merged.set(id, [merge(was, ours, other)]);
    else if (only !== undefined && (was === undefined || !same(was, only))) {
      const stays = was === undefined || onRemovedAndChanged(only, ours === undefined ? "mine" : "theirs");
      if (stays) merged.set(id, [only]);
    }
  }
  return merged;
}

/** Whether the items that are in both lists follow each other alike. */
function inOrder(base: readonly string[], now: readonly string[]): boolean {
  const [common, present] = [new Set(now), new Set(base)];
  const before = base.filter((id) => common.has(id));
  const after = now.filter((id) => present.has(id));
  return before.every((id, index) => id === after[index]);
}
