/** The parts that are there: an object without the keys whose values are `undefined`. */
export function present<T extends object>(parts: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
