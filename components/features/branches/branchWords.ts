import type { Branch } from "./Branch.ts";

/** `3 ahead of main, 1 behind`; null for main itself and where the history is too long to count. */
export function standWords({ name, ahead, behind }: Pick<Branch, "name" | "ahead" | "behind">): string | null {
  if (name === "main" || ahead === null || behind === null) return null;
  if (ahead === 0 && behind === 0) return "as main";
  if (ahead === 0) return `${behind} behind main`;
  return behind === 0 ? `${ahead} ahead of main` : `${ahead} ahead of main, ${behind} behind`;
}

/** What its rule does with a branch, a whole sentence. */
export function placeWords({ rule, environment }: Pick<Branch, "rule" | "environment">): string {
  if (!rule) return "No rule fits it: it is deployed nowhere.";
  if (rule.deploys === "never") return "Its rule says that it is never deployed.";
  const place = rule.environment ?? "a preview of its own";
  if (environment) return rule.deploys === "byHand" ? "Deployed by hand." : "Deployed with every change.";
  return rule.deploys === "byHand"
    ? `To be deployed to ${place} by hand.`
    : `Will be deployed to ${place} with its next change.`;
}
