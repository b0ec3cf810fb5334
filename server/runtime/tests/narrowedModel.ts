import type { TestDeed } from "#lib/model/testTypes.ts";
import type { Action, Model } from "#lib/model/types.ts";

/** The name of a read that a test makes for itself; no action of an app is called so. */
const ownRead = "$listed";

type ListDeed = Extract<TestDeed, { kind: "list" }>;

/** The model with a read that answers what a condition lets through besides, and the name of that read. */
export function narrowedModel(
  model: Model,
  deed: Pick<ListDeed, "resource" | "action">,
  where: string,
): { readonly model: Model; readonly action: string } {
  const name = deed.action ?? ownRead;
  const resources = model.resources.map((resource) => {
    if (resource.name !== deed.resource) return resource;
    const { definedActions = [] } = resource;
    const known = definedActions.find(({ name }) => name === deed.action);
    const action: Action = known
      ? { ...known, where: known.where === undefined ? where : `(${known.where}) && (${where})` }
      : { name, type: "read", where };
    return { ...resource, definedActions: [...definedActions.filter((one) => one !== known), action] };
  });
  return { model: { ...model, resources }, action: name };
}
