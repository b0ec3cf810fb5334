/** The list, or `undefined` where it is empty: a section that holds nothing is not there. */
export function someOf<T>(items: readonly T[] | undefined): readonly T[] | undefined {
  return items && items.length > 0 ? items : undefined;
}
