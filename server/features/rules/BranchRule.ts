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
