import type { ProjectSummary } from "./ProjectSummary.ts";

interface Shown {
  readonly label: string;
  readonly tone: "neutral" | "accent" | "success" | "danger";
}

/** How production is, in two or three words. */
export function productionState({ state, production }: Pick<ProjectSummary, "state" | "production">): Shown {
  if (state === "preparing") return { label: "Reading the database", tone: "accent" };
  if (state === "failed") return { label: "Import failed", tone: "danger" };
  const last = production?.lastDeployment;
  if (last?.state === "queued" || last?.state === "running") return { label: "Deploying", tone: "accent" };
  if (last?.state === "failed") return { label: "Last deploy failed", tone: "danger" };
  if (production?.servingRelease == null) return { label: "Not deployed", tone: "neutral" };
  return { label: `Release ${production.servingRelease} live`, tone: "success" };
}
