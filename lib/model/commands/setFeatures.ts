import { featureAttributes } from "../features/storedAttributes.ts";
import { present } from "../read/present.ts";
import { featureColumns } from "../read/readFeatures.ts";
import type { Features, Model, Resource } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findResource } from "./findParts.ts";
import { columnsOf, freeName } from "./freeName.ts";
import { removeFromGroups } from "./groups.ts";

/** Columns that features have stay; those that come get free names. */
export function setFeatures(model: Model, { resource: of, features: said }: CommandOf<"setFeatures">): Change {
  const resource = findResource(model, of);
  const old = resource.features ?? {};
  const taken = columnsOf(resource);
  const free = (wanted: string) => freeName(wanted, taken);
  const has = (feature: keyof Features) => Object.hasOwn(said, feature);
  const versioned = said.versioned && {
    column: old.versioned?.column ?? free(featureColumns.versioned),
    required: said.versioned.required,
  };
  const timestamps = old.timestamps ?? {
    createdColumn: free(featureColumns.created),
    updatedColumn: free(featureColumns.updated),
  };
  const features = present({
    softDelete: has("softDelete")
      ? said.softDelete && (old.softDelete ?? { column: free(featureColumns.softDelete) })
      : old.softDelete,
    history: has("history") ? said.history : old.history,
    versioned: has("versioned") ? versioned : old.versioned,
    timestamps: has("timestamps") ? said.timestamps && timestamps : old.timestamps,
    tenant: has("tenant") ? said.tenant : old.tenant,
    search: has("search") ? said.search : old.search,
    order: has("order") ? said.order : old.order,
    changeFeed: has("changeFeed") ? said.changeFeed : old.changeFeed,
    events: has("events") ? said.events : old.events,
  });
  return changed(withResource(model, withFeatures(withoutGoneIndexes(resource, features), features)));
}

/** An index goes with the field that a feature brought. */
function withoutGoneIndexes(resource: Resource, features: Features): Resource {
  const kept = new Set(featureAttributes(features).map(({ name }) => name));
  const gone = featureAttributes(resource.features ?? {}).filter(({ name }) => !kept.has(name));
  return gone.reduce((each, { name }) => removeFromGroups(each, name), resource);
}

function withFeatures({ features: _old, ...resource }: Resource, features: Features): Resource {
  return Object.keys(features).length === 0 ? resource : { ...resource, features };
}
