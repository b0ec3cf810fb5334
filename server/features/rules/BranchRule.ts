import type { branchRules } from "#db/schema/branchRules.ts";

/** Where branches whose name fits the pattern are deployed. */
export type BranchRule = Pick<
  typeof branchRules.$inferSelect,
  "pattern" | "environment" | "deploys" | "concurrent" | "copyOf"
>;

/** Those of a project that has said nothing else. */
export const defaultRules: readonly BranchRule[] = [
  { pattern: "main", environment: "production", deploys: "automatic", concurrent: "queue", copyOf: null },
  { pattern: "staging", environment: "staging", deploys: "automatic", concurrent: "queue", copyOf: null },
  { pattern: "*", environment: null, deploys: "automatic", concurrent: "supersede", copyOf: null },
];

/** Whether a name, or every name of another pattern, fits a pattern; a star stands for any characters. */
export function fits(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

/** The first rule that fits a branch. */
export function firstFitting(rules: readonly BranchRule[], branch: string): BranchRule | null {
  return rules.find(({ pattern }) => fits(pattern, branch)) ?? null;
}
