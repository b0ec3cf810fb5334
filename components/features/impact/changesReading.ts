import type { ModelsImpact } from "./Impact.ts";

/** Whether anybody may read more or fewer records. */
export function changesReading(models: ModelsImpact | null): boolean {
  return models?.access.changes.some(({ action, field }) => action === "read" && field === null) ?? false;
}
