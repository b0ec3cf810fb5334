import { plainFields } from "#lib/model/processes/plainFields.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Selection } from "#lib/plan/types.ts";
import type { App } from "../../host/App.ts";
import { StepError } from "../StepError.ts";

const known = new WeakMap<Catalog, Map<string, Selection>>();

/** What a step's result shows of a record. One object for each resource, so that statements are found by it. */
export function plainSelection({ catalog, model }: Pick<App, "catalog" | "model">, entity: Entity): Selection {
  let selections = known.get(catalog);
  if (!selections) {
    selections = new Map();
    known.set(catalog, selections);
  }
  let selection = selections.get(entity.name);
  if (!selection) {
    selection = plainFields(model, entity.resource).map(({ name }) => ({ kind: "field", as: name, field: name }));
    selections.set(entity.name, selection);
  }
  return selection;
}

/** A run may be of a version whose resource the app has no longer. */
export function entityOf({ catalog }: Pick<App, "catalog">, name: string): Entity {
  const entity = catalog.entities.get(name);
  if (!entity) throw new StepError("not_found", `The app has no ${name} any more.`, { isLasting: true });
  return entity;
}
