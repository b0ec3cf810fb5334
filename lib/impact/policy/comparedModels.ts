import { pairUp } from "../../model/diff/identity.ts";
import { mentionsBetween } from "../../model/rename/mentionsBetween.ts";
import { renameMentions } from "../../model/rename/renameMentions.ts";
import type { Model, Resource } from "../../model/types.ts";
import { isBroken } from "../../plan/access/matrix/draftRules.ts";

/** A resource before and after, its conditions before told in the names of after where that can be done. */
export interface ComparedResource {
  /** The model that `before` is in. */
  readonly model: Model;
  readonly before: Resource;
  readonly after: Resource;
}

export interface ComparedModels {
  readonly kept: readonly ComparedResource[];
  readonly added: readonly Resource[];
}

/**
 * The later model with the policies of the earlier one: their conditions can then be compared. Where those speak of what is
 * gone, the earlier model itself is taken.
 */
export function compareModels(before: Model, after: Model): ComparedModels {
  const table = ({ table: name }: Resource) => name;
  const followed = renameMentions(before, mentionsBetween(before, after));
  const { added, kept } = pairUp({ before: before.resources, after: after.resources }, { before: table, after: table });
  const policies = new Map(followed.resources.map((resource) => [resource.table, resource]));
  const resources = after.resources.map((resource) => withPolicies(resource, policies.get(resource.table)));
  const model: Model = { ...after, app: { ...after.app, ...rolesOf(before) }, resources };
  const byTable = new Map(resources.map((resource) => [resource.table, resource]));
  return {
    added,
    kept: kept.map((pair) => {
      const old = byTable.get(pair.after.table);
      return old && !isBroken(model, old.name) ? { model, before: old, after: pair.after } : { model: before, ...pair };
    }),
  };
}

function withPolicies(resource: Resource, before: Resource | undefined): Resource {
  if (!before) return resource;
  const { policies = [], fieldPolicies = [], actions, definedActions = [], states } = before;
  const { tenant: _, ...features } = resource.features ?? {};
  const tenant = before.features?.tenant;
  return {
    ...resource,
    policies,
    fieldPolicies,
    actions,
    definedActions,
    features: { ...features, ...(tenant !== undefined && { tenant }) },
    ...(states && { states }),
  };
}

function rolesOf({ app: { roles } }: Model): Pick<Model["app"], "roles"> {
  return { roles: roles ?? [] };
}
