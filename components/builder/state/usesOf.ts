import { checkedExpression } from "#lib/model/expressions/checkedExpression.ts";
import { expressionsOf } from "#lib/model/expressions/expressionsOf.ts";
import { resourceNamed } from "#lib/model/expressions/resourceAlong.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { placeWords } from "./placeWords.ts";

/** Where a field of a resource is spoken of, in words; each place once. */
export function usesOfField(model: Model, of: string, field: string): readonly string[] {
  const resource = resourceNamed(model, of);
  const relationship = resource?.relationships.find(({ name }) => name === field);
  const names = relationship?.kind === "belongsTo" ? [field, foreignKeyField(relationship)] : [field];
  const inExpressions = expressionsOf(model).flatMap((placed) =>
    checkedExpression(placed).references.some(
      (reference) => reference.kind === "member" && reference.resource === of && names.includes(reference.member),
    )
      ? [placed.path]
      : [],
  );
  const places = [
    ...inExpressions,
    ...aggregatesOver(model, of, field),
    ...(resource ? listedIn(resource, names) : []),
  ];
  return [...new Set(places.filter((path) => path[0] !== of || path[2] !== field).map(placeWords))];
}

/** Where records of a resource are spoken of by the relationships of others: nothing but paths through them. */
function aggregatesOver({ resources }: Model, of: string, field: string): readonly (readonly string[])[] {
  return resources.flatMap((resource) =>
    (resource.aggregates ?? []).flatMap((aggregate) => {
      let at = resource.name;
      const steps = aggregate.path.map((name) => {
        const from = at;
        at = resources.find((one) => one.name === from)?.relationships.find((one) => one.name === name)?.target ?? "";
        return { from, name };
      });
      const named = [
        ...steps,
        { from: at, name: aggregate.field },
        ...(aggregate.order ?? []).map(({ name }) => ({ from: at, name })),
      ];
      return named.some((one) => one.from === of && one.name === field)
        ? [[resource.name, "aggregates", aggregate.name]]
        : [];
    }),
  );
}

/** Lists of fields: of checks, states, actions, features, access. */
function listedIn(resource: Resource, names: readonly string[]): readonly (readonly string[])[] {
  const { name: of, validations = [], states, definedActions = [], fieldPolicies = [], features = {} } = resource;
  const has = (fields: readonly (string | undefined)[] = []) =>
    fields.some((one) => one !== undefined && names.includes(one));
  const { tenant, search, order } = features;
  return [
    ...validations.flatMap(({ field }, index) => (has([field]) ? [[of, "validations", String(index)]] : [])),
    ...(has([states?.attribute]) ? [[of, "states"]] : []),
    ...definedActions.flatMap(({ name, accept, set, upsert }) =>
      has(accept) || has(set?.map(({ field }) => field)) || has(upsert) ? [[of, "actions", name]] : [],
    ),
    ...fieldPolicies.flatMap(({ fields }, index) => (has(fields) ? [[of, "fieldPolicies", String(index)]] : [])),
    ...(resource.conditionalUniques ?? []).flatMap(({ fields }, index) =>
      has(fields) ? [[of, "conditionalUniques", String(index)]] : [],
    ),
    ...(has([tenant]) ? [[of, "features", "tenant"]] : []),
    ...(has(search?.fields) ? [[of, "features", "search"]] : []),
    ...(has(order?.map(({ name }) => name)) ? [[of, "features", "order"]] : []),
  ];
}

/** Where an action of a resource is spoken of. */
export function usesOfAction(
  { name: of, states, policies = [], validations = [] }: Resource,
  action: string,
): readonly string[] {
  const places = [
    ...(states?.transitions ?? []).flatMap((one) =>
      one.action === action ? [[of, "states", "transitions", action]] : [],
    ),
    ...policies.flatMap(({ actions }, index) => (actions.includes(action) ? [[of, "policies", String(index)]] : [])),
    ...validations.flatMap(({ actions = [] }, index) =>
      actions.includes(action) ? [[of, "validations", String(index)]] : [],
    ),
  ];
  return [...new Set(places.map(placeWords))];
}
