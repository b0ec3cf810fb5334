/** Two lists of the same kind of thing, matched by what identifies each. */
export interface Pairs<Item> {
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
  readonly kept: readonly (readonly [before: Item, after: Item])[];
}

export function pairs<Item>(
  before: readonly Item[],
  after: readonly Item[],
  identity: (item: Item, side: "before" | "after") => string,
): Pairs<Item> {
  const known = new Map(before.map((item) => [identity(item, "before"), item]));
  const added: Item[] = [];
  const kept: (readonly [Item, Item])[] = [];
  for (const item of after) {
    const id = identity(item, "after");
    const was = known.get(id);
    if (was === undefined) added.push(item);
    else kept.push([was, item]);
    known.delete(id);
  }
  return { added, removed: [...known.values()], kept };
}
