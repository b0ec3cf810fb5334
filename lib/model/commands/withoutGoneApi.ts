import { actionsOf } from "../actions/actionsOf.ts";
import { listNames } from "../api/listFields.ts";
import { present } from "../read/present.ts";
import { someOf } from "../read/someOf.ts";
import type { Model, Resource } from "../types.ts";
import { mapSame } from "./Change.ts";
import { withApi } from "./changeApi.ts";

/** The model after a command, where the APIs' settings no longer speak of fields and actions that went with it. */
export function withoutGoneApi(before: Model, after: Model): Model {
  const byTable = new Map(before.resources.map((resource) => [resource.table, resource]));
  const resources = mapSame(after.resources, (resource) => {
    const was = byTable.get(resource.table);
    return was && was !== resource ? withoutGone(was, resource) : resource;
  });
  return resources === after.resources ? after : { ...after, resources };
}

/** Names that were never there stay for the verifier to speak of. */
function withoutGone(was: Resource, resource: Resource): Resource {
  const { api } = resource;
  if (!api?.filterable && !api?.sortable && !api?.operations) return resource;
  const goneFields = missing(listNames(was), listNames(resource));
  const goneActions = missing(actionNames(was), actionNames(resource));
  if (goneFields.size === 0 && goneActions.size === 0) return resource;
  const { filterable, sortable, operations, ...rest } = api;
  const kept = (names: readonly string[] | undefined) => names?.filter((name) => !goneFields.has(name));
  const left = operations?.filter(({ action }) => !goneActions.has(action));
  return withApi(resource, {
    ...rest,
    ...present({ filterable: kept(filterable), sortable: kept(sortable), operations: someOf(left) }),
  });
}

function actionNames(resource: Resource): readonly string[] {
  return actionsOf(resource).map(({ name }) => name);
}

function missing(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const now = new Set(after);
  return new Set(before.filter((name) => !now.has(name)));
}
