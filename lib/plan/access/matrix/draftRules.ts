import { checkExpression } from "../../../expression/check/checkExpression.ts";
import type { Expression } from "../../../expression/Expression.ts";
import { actionsNamed, sharedArguments } from "../../../model/expressions/actionsNamed.ts";
import { scopeOf } from "../../../model/expressions/scopeOf.ts";
import { foreignKeyField } from "../../../model/naming/foreignKeyField.ts";
import type { Model, Resource } from "../../../model/types.ts";
import { always, never } from "../certain.ts";
import { policyFields } from "../policyFields.ts";
import { type FieldRule, noRules, type Rules } from "../Rules.ts";

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

/** Whether the policies of a resource say something that cannot be understood. */
export function isBroken(model: Model, name: string): boolean {
  const { rules, broken } = draftRules(model, name);
  const resource = model.resources.find((one) => one.name === name);
  const written = (resource?.fieldPolicies ?? []).some(
    ({ read, write }, index) =>
      (read !== undefined && rules.fields[index]?.read === never && read.trim() !== "false") ||
      (write !== undefined && rules.fields[index]?.write === never && write.trim() !== "false"),
  );
  return broken.size > 0 || written;
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
  return { rules: { tenant: tenantRule(model, resource), policies, fields: fieldRules(model, resource) }, broken };
}

/** What cannot be understood lets nobody through. */
function fieldRules(model: Model, resource: Resource): readonly FieldRule[] {
  const scope = scopeOf(model, resource.name, {});
  const checked = (text: string | undefined) =>
    text === undefined ? null : (checkExpression(text, scope, { expected: { kind: "boolean" } }).expression ?? never);
  return (resource.fieldPolicies ?? []).map(({ fields, read, write }) => ({
    fields: fields.flatMap((name) => policyFields(resource, name)),
    read: checked(read),
    write: checked(write),
  }));
}

function tenantRule(model: Model, resource: Resource): Expression | null {
  const tenant = resource.features?.tenant;
  if (tenant === undefined) return null;
  const reference = resource.relationships.find(({ name }) => name === tenant);
  const field = reference?.kind === "belongsTo" ? foreignKeyField(reference) : tenant;
  const scope = scopeOf(model, resource.name, {});
  return checkExpression(`${field} == actor.tenant`, scope, { expected: { kind: "boolean" } }).expression;
}
