import type { Expression } from "../../expression/Expression.ts";
import { actionsNamed, sharedArguments } from "../../model/expressions/actionsNamed.ts";
import { typedExpression } from "../../model/expressions/typedExpression.ts";
import type { ExpressionText, FieldPolicy, Model, Policy, Resource } from "../../model/types.ts";
import { policyFields } from "./policyFields.ts";
import type { FieldRule, PolicyRule, Rules } from "./Rules.ts";

/** The policies of a verified model by resource. */
export function modelRules(model: Model): ReadonlyMap<string, Rules> {
  const ruled = model.resources.filter(
    ({ policies = [], fieldPolicies = [], features }) =>
      policies.length + fieldPolicies.length > 0 || features?.tenant !== undefined,
  );
  return new Map(ruled.map((resource) => [resource.name, rulesOf(model, resource)]));
}

function rulesOf(model: Model, resource: Resource): Rules {
  const { policies = [], fieldPolicies = [] } = resource;
  return {
    tenant: tenantRule(model, resource),
    policies: policies.map((policy) => policyRule(model, resource, policy)),
    fields: fieldPolicies.map((policy) => fieldRule(model, resource, policy)),
  };
}

function tenantRule(model: Model, resource: Resource): Expression | null {
  const tenant = resource.features?.tenant;
  if (tenant === undefined) return null;
  const [field] = policyFields(resource, tenant);
  const text = `${field} == actor.tenant`;
  return typedExpression(model, { resource: resource.name, text, expected: { kind: "boolean" } });
}

function policyRule(model: Model, resource: Resource, { effect, actions, expression: text }: Policy): PolicyRule {
  const shared = sharedArguments(actionsNamed(resource, actions));
  const expression = typedExpression(model, {
    resource: resource.name,
    text,
    arguments: shared,
    expected: { kind: "boolean" },
  });
  return { effect, actions, expression };
}

function fieldRule(model: Model, resource: Resource, { fields, read, write }: FieldPolicy): FieldRule {
  const typed = (text: ExpressionText | undefined) =>
    text === undefined
      ? null
      : typedExpression(model, { resource: resource.name, text, expected: { kind: "boolean" } });
  return { fields: fields.flatMap((name) => policyFields(resource, name)), read: typed(read), write: typed(write) };
}
