import { mapSame } from "../expressions/mapSame.ts";
import { resourceAlong, resourceNamed } from "../expressions/resourceAlong.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { present } from "../read/present.ts";
import type { Action, Aggregate, Model, Resource, Validation } from "../types.ts";
import { renameInExpressions } from "./renameInExpressions.ts";
import { renameProcessNames } from "./renameProcessNames.ts";

/** What is called otherwise, by the names that it has in the model. */
export interface Mentions {
  /** Fields (attributes, relationships, calculations, aggregates) by their resource or value object: old name to new. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Options by resource and field (`optionsKey`): old name to new. */
  readonly options: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export function optionsKey(resource: string, field: string): string {
  return `${resource}.${field}`;
}

/**
 * The model in which everything that speaks of some fields and options calls them by other names: expressions, paths, lists
 * of fields, states. The fields and choices themselves keep their names, as do unique groups and indexes.
 */
export function renameMentions(model: Model, { members, options }: Mentions): Model {
  if (members.size === 0 && options.size === 0) return model;
  const names = new Map([...members].map(([resource, renamed]) => [resource, withKeys(model, resource, renamed)]));
  const field = (resource: string, name: string) => names.get(resource)?.get(name) ?? name;
  const rewritten = renameInExpressions(model, (reference) => {
    if (reference.kind === "member") return names.get(reference.resource)?.get(reference.member) ?? null;
    if (reference.kind !== "choice") return null;
    return options.get(optionsKey(reference.resource, reference.member))?.get(reference.option) ?? null;
  });
  const resources = mapSame(rewritten.resources, (resource) => {
    const followed = withStates(withAggregates(model, resource, names), options);
    const renamed = names.get(resource.name);
    return renamed ? withFields(followed, (name) => renamed.get(name) ?? name) : followed;
  });
  const followed = resources === rewritten.resources ? rewritten : { ...rewritten, resources };
  return withUsersEmail(renameProcessNames(followed, { field }), names);
}

/** The address of those who sign in is an attribute of theirs. */
function withUsersEmail(model: Model, names: Mentions["members"]): Model {
  const { auth, users } = model.app;
  const email = auth?.email;
  const now = email === undefined ? undefined : names.get(users ?? "")?.get(email);
  return now === undefined ? model : { ...model, app: { ...model.app, auth: { ...auth, email: now } } };
}

/** The name of a belongsTo is part of that of its key's field. */
function withKeys(model: Model, resource: string, renamed: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const relationships = resourceNamed(model, resource)?.relationships ?? [];
  const keys = relationships.flatMap((relationship): (readonly [string, string])[] => {
    const to = relationship.kind === "belongsTo" ? renamed.get(relationship.name) : undefined;
    return to === undefined ? [] : [[foreignKeyField(relationship), foreignKeyField({ name: to })]];
  });
  return new Map([...renamed, ...keys]);
}

function withStates(resource: Resource, options: Mentions["options"]): Resource {
  const { states } = resource;
  const renamed = states && options.get(optionsKey(resource.name, states.attribute));
  if (!states || !renamed) return resource;
  const now = (name: string) => renamed.get(name) ?? name;
  const transitions = states.transitions.map((transition) => ({
    ...transition,
    from: transition.from.map(now),
    to: now(transition.to),
  }));
  return { ...resource, states: { ...states, transitions } };
}

type Now = (name: string) => string;

function withAggregates(model: Model, resource: Resource, names: Mentions["members"]): Resource {
  if (!resource.aggregates) return resource;
  const aggregates = mapSame(resource.aggregates, (aggregate) => {
    let at: Resource | null = resource;
    const path = mapSame(aggregate.path, (name) => {
      const here: Resource | null = at;
      const target = here?.relationships.find((relationship) => relationship.name === name)?.target;
      at = target === undefined ? null : resourceNamed(model, target);
      return names.get(here?.name ?? "")?.get(name) ?? name;
    });
    const end = resourceAlong(model, resource, aggregate.path);
    const renamed = names.get(end?.name ?? "");
    const followed = path === aggregate.path ? aggregate : { ...aggregate, path };
    return withEnd(followed, renamed ? (name) => renamed.get(name) ?? name : null);
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
  const { validations, states, definedActions, fieldPolicies, conditionalUniques, features, api } = resource;
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
      api: api && { ...api, ...present({ filterable: all(api.filterable), sortable: all(api.sortable) }) },
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
