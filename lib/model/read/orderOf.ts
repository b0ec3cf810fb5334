export type FieldOrder = readonly { readonly name: string; readonly descending: boolean }[];

/** `["-createdAt", "name"]` as an order; undefined when it names nothing. */
export function orderOf(names: readonly string[]): FieldOrder | undefined {
  if (names.length === 0) return undefined;
  return names.map((name) => ({ name: name.replace(/^-/, ""), descending: name.startsWith("-") }));
}

/** An order as it is written. */
export function orderTexts(order: FieldOrder): readonly string[] {
  return order.map(({ name, descending }) => (descending ? `-${name}` : name));
}
