import type { Renames } from "../edit/Renames.ts";
import { noRenames } from "../edit/Renames.ts";
import type { Model, Resource } from "../types.ts";

/** What a command means: the model afterwards, and which names in it are new names of old things. */
export interface Change {
  readonly model: Model;
  readonly renames: Renames;
}

export function changed(model: Model): Change {
  return { model, renames: noRenames };
}

/** The model with one resource in the place of the one of its name. */
export function withResource(model: Model, resource: Resource): Model {
  return mapResources(model, (other) => (other.name === resource.name ? resource : other));
}

/** The model with each resource replaced; those that come back as they are stay the same object. */
function mapResources(model: Model, map: (resource: Resource) => Resource): Model {
  return { ...model, resources: model.resources.map(map) };
}

/** As the array's own `map`, but the same array when nothing changed. */
export function mapSame<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  const mapped = items.map(map);
  return mapped.every((item, index) => item === items[index]) ? items : mapped;
}
