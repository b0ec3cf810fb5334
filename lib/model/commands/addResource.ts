import { pluralOf } from "../naming/pluralOf.ts";
import { defaultTable } from "../naming/storedNames.ts";
import { actionNames } from "../read/readActions.ts";
import { defaultKey } from "../read/readResource.ts";
import type { Model, Resource } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkResourceName } from "./checkName.ts";
import { freeName, tablesOf } from "./freeName.ts";

export function addResource(model: Model, { name }: CommandOf<"addResource">): Change {
  checkResourceName(model, name, "name");
  const plural = pluralOf(name);
  const resource: Resource = {
    name,
    plural,
    table: freeName(defaultTable({ plural }), tablesOf(model)),
    key: defaultKey,
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: actionNames,
  };
  return changed({ ...model, resources: [...model.resources, resource] });
}
