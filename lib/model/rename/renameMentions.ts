import { mapSame } from "../expressions/mapSame.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { present } from "../read/present.ts";
import type { Action, Aggregate, Model, Resource, Validation } from "../types.ts";
import { renameInExpressions } from "./renameInExpressions.ts";

export interface FieldRename {
  /** The resource or value object whose field it is. */
  readonly resource: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The model in which everything that speaks of a field (an attribute, a relationship, a calculation or an aggregate) calls
 * it by another name: expressions, paths, lists of fields. The field itself keeps its name, as do unique groups and indexes.
 */
export function renameMentions(model: Model, rename: FieldRename): Model {
  const names = newNames(model, rename);
  const now = (name: string) => names.get(name) ?? name;
  const rewritten = renameInExpressions(model, (reference) => {
    if (reference.kind !== "member" || reference.resource !== rename.resource) return null;
    return names.get(reference.member) ?? null;
  });
  const resources = mapSame(rewritten.resources, (resource) => {
    const followed = withAggregates(model, resource, { of: rename.resource, now });
    return resource.name === rename.resource ? withFields(followed, now) : followed;
  });
  return resources === rewritten.resources ? rewritten : { ...rewritten, resources };
}

/** The name of a belongsTo is part of that of its key's field. */
function newNames(model: Model, { resource, from, to }: FieldRename): ReadonlyMap<string, string> {
  const relationship = resourceNamed(model, resource)?.relationships.find(({ name }) => name === from);
  const key =
    relationship?.kind === "belongsTo"
      ? [[foreignKeyField({ name: from }), foreignKeyField({ name: to })] as const]
      : [];
  return new Map([[from, to], ...key]);
}

type Now = (name: string) => string;

function withAggregates(
  model: Model,
  resource: Resource,
  { of, now }: { readonly of: string; readonly now: Now },
): Resource {
  if (!resource.aggregates) return resource;
  const aggregates = mapSame(resource.aggregates, (aggregate) => {
    let at: string | undefined = resource.name;
    const path = mapSame(aggregate.path, (name) => {
      const here: Resource | null = at === undefined ? null : resourceNamed(model, at);
      const renamed = at === of ? now(name) : name;
      at = here?.relationships.find((relationship) => relationship.name === name)?.target;
      return renamed;
    });
    return withEnd(path === aggregate.path ? aggregate : { ...aggregate, path }, at === of ? now : null);
  });
  return aggregates === resource.aggregates ? resource : { ...resource, aggregates };
}

function withEnd(aggregate: Aggregate, now: Now | null): Aggregate {
  if (!now) return aggregate;
  const { field, order } = aggregate;
  const ordered =
    order && mapSame(order, (part) => (now(part.name) === part.name ? part : { ...part, name: now(part.name) }));
  const same = ordered === order && (field === undefined || now(field) === field);
  return same
    ? aggregate
    : { ...aggregate, ...present({ field: field === undefined ? undefined : now(field), order: ordered }) };
}

/** The resource with other names where it lists its own fields. */
function withFields(resource: Resource, now: Now): Resource {
  const { validations, states, definedActions, fieldPolicies, conditionalUniques, features } = resource;
  const all = (names: readonly string[] | undefined) => names?.map(now);
  return {
    ...resource,
    ...present({
      validations: validations?.map((validation) => withValidation(validation, now)),
      states: states && { ...states, attribute: now(states.attribute) },
      definedActions: definedActions?.map((action) => withAction(action, now)),
      fieldPolicies: fieldPolicies?.map((policy) => ({ ...policy, fields: policy.fields.map(now) })),
      conditionalUniques: conditionalUniques?.map((group) => ({ ...group, fields: group.fields.map(now) })),
      features: features && {
        ...features,
        ...present({
          tenant: features.tenant === undefined ? undefined : now(features.tenant),
          search: features.search && { ...features.search, fields: all(features.search.fields) ?? [] },
          order: features.order?.map((part) => ({ ...part, name: now(part.name) })),
        }),
      },
    }),
  };
}

function withAction(action: Action, now: Now): Action {
  return {
    ...action,
    ...present({
      accept: action.accept?.map(now),
      set: action.set?.map((part) => ({ ...part, field: now(part.field) })),
      validations: action.validations?.map((validation) => withValidation(validation, now)),
      upsert: action.upsert?.map(now),
    }),
  };
}

function withValidation(validation: Validation, now: Now): Validation {
  return validation.field === undefined ? validation : { ...validation, field: now(validation.field) };
}
