/**
 * Whether a name, or every name of another pattern, fits a pattern of branches; a star stands for any characters. Each
 * piece between stars is taken where it comes first, so that patterns of many stars are no work.
 */
export function fits(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** The first rule that fits a branch. */
export function firstFitting<Rule extends { readonly pattern: string }>(
  rules: readonly Rule[],
  branch: string,
): Rule | null {
  return rules.find(({ pattern }) => fits(pattern, branch)) ?? null;
}
