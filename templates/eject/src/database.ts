import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import type { LiveModel, ModelPlan } from "#lib/compile/schema/planModelSchema.ts";
import { insertSeeds } from "#server/features/deployments/seeds/insertSeeds.ts";
import { readSeeds } from "#server/features/deployments/seeds/readSeeds.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { withOwnerSession } from "#server/features/environments/EnvironmentDatabase.ts";
import { planModel } from "#server/features/environments/planModel.ts";
import { keepLiveModel, readLiveModel } from "./liveModel.ts";
import type { AppSources } from "./readApp.ts";

/** What would be done to the database now; changes nothing in its tables. */
export async function planDatabase(url: string, { model }: AppSources): Promise<ModelPlan> {
  return await withOwnerSession(url, async (sql) => planModel(sql, model, { live: await readLiveModel(sql) }));
}

/**
 * Gives the database what the model needs and takes nothing away, while an earlier version may go on serving. It may be
 * stopped anywhere and called again. A database without rows gets the seeds.
 */
export async function expandDatabase(url: string, { model, files }: AppSources): Promise<LiveModel> {
  const before = await withOwnerSession(url, readLiveModel);
  const { places } = await applyModelTo(url, model, { only: ({ when }) => when === "beforeSwitch", live: before });
  if (!before) {
    const placed = placedModel(model, places);
    const seeds = readSeeds(placed, files);
    if (seeds.length > 0) await withOwnerSession(url, (sql) => insertSeeds(sql, placed, seeds));
  }
  return { model, places };
}

/** The database as it is, for a model that it has everything for. Throws where something is missing. */
export async function readyDatabase(url: string, app: AppSources): Promise<LiveModel> {
  const { steps, places } = await planDatabase(url, app);
  const missing = steps.filter(({ when }) => when === "beforeSwitch");
  if (missing.length === 0) return { model: app.model, places };
  const sentences = missing.map(({ sentence }) => sentence).join("\n");
  throw new Error(`The database lacks what the model needs. Run "npm run migrate" first.\n${sentences}`);
}

/** Takes rules of the version before away, once this one serves and none of the others does any more. */
export async function settleDatabase(url: string, live: LiveModel): Promise<void> {
  await withOwnerSession(url, (sql) => keepLiveModel(sql, live));
  await applyModelTo(url, live.model, { only: ({ when }) => when === "afterSwitch", despiteRefusals: true, live });
}
