/** Whether a name, or every name of another pattern, fits a pattern of branches; a star stands for any characters. */
export function fits(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

/** The first rule that fits a branch. */
export function firstFitting<Rule extends { readonly pattern: string }>(
  rules: readonly Rule[],
  branch: string,
): Rule | null {
  return rules.find(({ pattern }) => fits(pattern, branch)) ?? null;
}
