import { checkExpression } from "#lib/expression/check/checkExpression.ts";
import type { Expression } from "#lib/expression/Expression.ts";
import { actionsNamed, sharedArguments } from "#lib/model/expressions/actionsNamed.ts";
import { scopeOf } from "#lib/model/expressions/scopeOf.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { always, never } from "#lib/plan/access/certain.ts";
import { noRules, type Rules } from "#lib/plan/access/Rules.ts";

export interface DraftRules {
  readonly rules: Rules;
  /** Places of the policies that cannot be understood: until they are mended they allow nothing and forbid always. */
  readonly broken: ReadonlySet<number>;
}

const none: DraftRules = { rules: noRules, broken: new Set() };
const known = new WeakMap<Model, Map<string, DraftRules>>();

/** The policies of a resource of a model that need not be sound. */
export function draftRules(model: Model, name: string): DraftRules {
  let byName = known.get(model);
  if (!byName) {
    byName = new Map();
    known.set(model, byName);
  }
  let found = byName.get(name);
  if (!found) {
    const resource = model.resources.find((one) => one.name === name);
    found = resource ? rulesOf(model, resource) : none;
    byName.set(name, found);
  }
  return found;
}

function rulesOf(model: Model, resource: Resource): DraftRules {
  const broken = new Set<number>();
  const policies = (resource.policies ?? []).map(({ effect, actions, expression: text }, index) => {
    const given = sharedArguments(actionsNamed(resource, actions));
    const scope = scopeOf(model, resource.name, { arguments: given });
    const { expression } = checkExpression(text, scope, { expected: { kind: "boolean" } });
    if (!expression) broken.add(index);
    return { effect, actions, expression: expression ?? (effect === "allow" ? never : always) };
  });
  return { rules: { tenant: tenantRule(model, resource), policies, fields: [] }, broken };
}

function tenantRule(model: Model, resource: Resource): Expression | null {
  const tenant = resource.features?.tenant;
  if (tenant === undefined) return null;
  const reference = resource.relationships.find(({ name }) => name === tenant);
  const field = reference?.kind === "belongsTo" ? foreignKeyField(reference) : tenant;
  const scope = scopeOf(model, resource.name, {});
  return checkExpression(`${field} == actor.tenant`, scope, { expected: { kind: "boolean" } }).expression;
}
