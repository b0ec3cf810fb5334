import type { Expression } from "../../../expression/Expression.ts";
import { describeExpression } from "../../../expression/words/describeExpression.ts";
import { actionsOf } from "../../../model/actions/actionsOf.ts";
import type { Model, Resource } from "../../../model/types.ts";
import { isNever } from "../Access.ts";
import { ActorAccess } from "../ActorAccess.ts";
import { allOf } from "../certain.ts";
import { type NamedAction, names } from "../Rules.ts";
import type { Asker } from "./Asker.ts";
import { draftRules } from "./draftRules.ts";
import { knownOf } from "./knownOf.ts";

/** What one kind of people may do with the records of a resource. */
export interface Cell {
  readonly asker: Asker;
  readonly resource: Resource;
  readonly action: NamedAction;
  readonly verdict: Verdict;
  /** What must be true of a record that it is done to, or made to be; none where it is always or never. */
  readonly where: readonly Expression[];
  /** Where it may be done, in words; null where that is always or never, or where its text would say it better. */
  readonly condition: string | null;
  readonly reasons: readonly Reason[];
  /** It is refused only because the records may not be read. */
  readonly unreadable: boolean;
  /** The records of other tenants are kept from everyone. */
  readonly ownTenantOnly: boolean;
}

/** `sometimes`: it depends on the record, or on who exactly asks. */
export type Verdict = "yes" | "no" | "sometimes";

/** A policy that speaks of the action, and what it says for these people. */
export interface Reason {
  /** Its place among the policies of the resource. */
  readonly index: number;
  readonly effect: "allow" | "forbid";
  readonly says: "always" | "sometimes" | "never" | "broken";
}

export interface AskedCell {
  readonly asker: Asker;
  readonly resource: Resource;
  readonly action: NamedAction;
}

export function cellOf(model: Model, { asker, resource, action }: AskedCell): Cell {
  const access = accessOf(model, asker);
  const { name } = resource;
  const own = [access.rows(name, action.name), access.result(name, action.name)];
  const touches = action.type === "update" || action.type === "destroy";
  const reading = touches ? access.rows(name, "read") : null;
  const denied = own.some(isNever);
  const conditions = partsOf([...own, reading].filter((condition) => condition !== null));
  const verdict = denied || isNever(reading) ? "no" : conditions.length === 0 ? "yes" : "sometimes";
  return {
    asker,
    resource,
    action,
    verdict,
    where: verdict === "sometimes" ? conditions : [],
    condition: verdict === "sometimes" ? wordsOf(conditions) : null,
    reasons: reasonsOf(model, { asker, resource, action }),
    unreadable: !denied && isNever(reading),
    ownTenantOnly: draftRules(model, name).rules.tenant !== null,
  };
}

const accesses = new WeakMap<Model, Map<string, ActorAccess>>();

/** What policies leave to one kind of people. */
export function accessOf(model: Model, asker: Asker): ActorAccess {
  let byAsker = accesses.get(model);
  if (!byAsker) {
    byAsker = new Map();
    accesses.set(model, byAsker);
  }
  let access = byAsker.get(asker.id);
  if (!access) {
    access = new ActorAccess({
      key: asker.id,
      rulesOf: (resource) => draftRules(model, resource).rules,
      actionOf: (resource, action) => namedAction(model, resource, action),
      known: knownOf(asker),
    });
    byAsker.set(asker.id, access);
  }
  return access;
}

function namedAction(model: Model, resource: string, name: string): NamedAction {
  const found = model.resources.find((one) => one.name === resource);
  const type = found && actionsOf(found).find((action) => action.name === name)?.type;
  return { name, type: type ?? name };
}

/** The conditions that must all hold, each once. */
function partsOf(conditions: readonly Expression[]): readonly Expression[] {
  const parts = conditions.flatMap((condition) =>
    condition.kind === "operation" && condition.operator === "and" ? condition.operands : [condition],
  );
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}

function wordsOf(conditions: readonly Expression[]): string | null {
  const words = describeExpression(allOf(conditions), "");
  return words.includes("`") ? null : words;
}

function reasonsOf(model: Model, { asker, resource, action }: AskedCell): readonly Reason[] {
  const { rules, broken } = draftRules(model, resource.name);
  const known = knownOf(asker);
  return rules.policies.flatMap((policy, index): Reason[] => {
    if (!names(policy, action)) return [];
    const { effect } = policy;
    if (broken.has(index)) return [{ index, effect, says: "broken" }];
    const { kind, ...rest } = known(policy.expression);
    const value = kind === "literal" && "value" in rest ? rest.value : undefined;
    if (value === undefined) return [{ index, effect, says: "sometimes" }];
    // An unknown one allows nothing, and forbids.
    const holds = value === true || (value === null && effect === "forbid");
    return [{ index, effect, says: holds ? "always" : "never" }];
  });
}
