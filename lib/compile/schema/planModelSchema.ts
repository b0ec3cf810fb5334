import type { Model } from "../../model/types.ts";
import type { Retirement, Schema } from "../../sql/ddl/Schema.ts";
import { modelToSchema } from "./modelToSchema.ts";
import { type ColumnPlaces, placeColumns, placedModel, withStoredNames } from "./placeColumns.ts";
import { planSchema } from "./planSchema.ts";
import type { Answers } from "./Question.ts";
import type { SchemaPlan } from "./SchemaPlan.ts";

/** A plan, and where the columns of its model are once it has run. */
export interface ModelPlan extends SchemaPlan {
  readonly places: ColumnPlaces;
}

/** The release that serves, and where its columns are. */
export interface LiveModel {
  readonly model: Model;
  readonly places: ColumnPlaces;
}

export interface ModelPlanContext {
  readonly answers?: Answers;
  readonly live?: LiveModel | null;
  /** What parts that retire are marked with. */
  readonly retirement?: Retirement;
}

/** The steps from what a database holds to what a model asks for. */
export function planModelSchema(actual: Schema, model: Model, context: ModelPlanContext = {}): ModelPlan {
  const live = context.live ? releaseSchema(context.live) : null;
  const places = placeColumns(model, actual, live);
  return { ...planSchema(actual, releaseSchema({ model, places }), { ...context, live }), places };
}

/** What a release asks for, in the columns where it has them. */
export function releaseSchema({ model, places }: LiveModel): Schema {
  return withStoredNames(modelToSchema(placedModel(model, places)), places);
}
