interface Costly {
  readonly cost: string;
}

/** How many steps of a plan there are of each cost, the dearest first. */
export function stepCosts(steps: readonly Costly[]): readonly { readonly cost: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { cost } of steps) counts.set(cost, (counts.get(cost) ?? 0) + 1);
  return [...counts]
    .map(([cost, count]) => ({ cost, count }))
    .toSorted((one, other) => Number(one.cost === "instant") - Number(other.cost === "instant"));
}
