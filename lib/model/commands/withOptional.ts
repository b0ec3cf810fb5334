/** `part` with the option that `said` gives, without it where `said` gives `undefined`, as it is where it gives none. */
export function withOptional<T extends { readonly [key in K]?: V }, K extends string, V>(
  part: T,
  key: K,
  said: { readonly [key in K]?: V | undefined },
): T {
  if (!Object.hasOwn(said, key)) return part;
  const { [key]: _old, ...rest } = part;
  const value = said[key];
  return (value === undefined ? rest : { ...rest, [key]: value }) as T;
}
