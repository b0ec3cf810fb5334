import type { Expression } from "../../expression/Expression.ts";
import { describeExpression } from "../../expression/words/describeExpression.ts";
import type { Model, Policy } from "../../model/types.ts";
import { type Entity, readableFields } from "../catalog/Catalog.ts";
import type { Outcome } from "./actorFacts.ts";
import {
  type Decision,
  type ExplainedField,
  type ExplainedPolicy,
  type Explanation,
  outcomeName,
} from "./Explanation.ts";
import { modelRules } from "./modelRules.ts";
import { type NamedAction, names, noRules } from "./Rules.ts";

/** What has to be worked out on a record to explain an action, in an order of its own; `explain` takes the outcomes in it. */
export interface Questions {
  readonly conditions: readonly Expression[];
  readonly explain: (outcomes: readonly Outcome[]) => Explanation;
}

export interface ExplainedAction {
  readonly model: Model;
  readonly entity: Entity;
  readonly action: NamedAction;
  /** Whether an outcome is the same for every record. */
  readonly isFixed: (condition: Expression) => boolean;
}

export function questionsOf(asked: ExplainedAction): Questions {
  const { model, entity } = asked;
  const rules = modelRules(model).get(entity.name) ?? noRules;
  const conditions = [
    ...(rules.tenant ? [rules.tenant] : []),
    ...rules.policies.map(({ expression }) => expression),
    ...rules.fields.flatMap(({ read, write }) => [...(read ? [read] : []), ...(write ? [write] : [])]),
  ];
  return {
    conditions,
    explain: (outcomes) => {
      const byCondition = new Map(conditions.map((condition, index) => [condition, outcomes[index] ?? null]));
      return new Explaining(asked, (condition) => byCondition.get(condition) ?? null).explanation();
    },
  };
}

class Explaining {
  readonly #asked: ExplainedAction;
  readonly #outcomeOf: (condition: Expression) => Outcome;

  constructor(asked: ExplainedAction, outcomeOf: (condition: Expression) => Outcome) {
    this.#asked = asked;
    this.#outcomeOf = outcomeOf;
  }

  explanation(): Explanation {
    const { entity, action } = this.#asked;
    const { allowed, decided } = this.#decide();
    const policies = this.#policiesOf(action);
    const reason = this.#reason({ allowed, decided });
    return {
      resource: entity.name,
      action: action.name,
      allowed,
      reason,
      decided,
      policies,
      fields: this.#fields(),
    };
  }

  #decide(): { readonly allowed: boolean; readonly decided: Decision } {
    const { action } = this.#asked;
    const touches = action.type === "update" || action.type === "destroy";
    if (touches) {
      const read = this.#decideFor({ name: "read", type: "read" });
      if (!read.allowed) return { allowed: false, decided: { by: "read", decided: read.decided } };
    }
    return this.#decideFor(action);
  }

  #decideFor(action: NamedAction): {
    readonly allowed: boolean;
    readonly decided: Exclude<Decision, { readonly by: "read" }>;
  } {
    const { tenant } = this.#rules;
    if (tenant && this.#outcomeOf(tenant) !== true) return { allowed: false, decided: { by: "tenant" } };
    const policies = this.#policiesOf(action);
    const forbidding = policies.find(({ effect, outcome }) => effect === "forbid" && outcome !== "false");
    if (forbidding) return { allowed: false, decided: { by: "policy", index: forbidding.index } };
    const allowing = policies.find(({ effect, outcome }) => effect === "allow" && outcome === "true");
    return allowing
      ? { allowed: true, decided: { by: "policy", index: allowing.index } }
      : { allowed: false, decided: { by: "default" } };
  }

  get #rules() {
    const { model, entity } = this.#asked;
    return modelRules(model).get(entity.name) ?? noRules;
  }

  #policiesOf(action: NamedAction): readonly ExplainedPolicy[] {
    const { entity, isFixed } = this.#asked;
    const written: readonly Policy[] = entity.resource.policies ?? [];
    return this.#rules.policies.flatMap((rule, index): ExplainedPolicy[] => {
      const policy = written[index];
      if (!policy || !names(rule, action)) return [];
      const { effect, actions, expression, describe } = policy;
      const words = describeExpression(rule.expression, expression);
      const outcome = outcomeName(this.#outcomeOf(rule.expression));
      const fixed = isFixed(rule.expression);
      return [
        { index, effect, actions, expression, words, ...(describe !== undefined && { describe }), outcome, fixed },
      ];
    });
  }

  #fields(): readonly ExplainedField[] {
    const { entity } = this.#asked;
    const { fields: rules } = this.#rules;
    return readableFields(entity).map(({ name }) => {
      const policies = rules.flatMap(({ fields }, index) => (fields.includes(name) ? [index] : []));
      const may = (side: "read" | "write") =>
        policies.every((index) => {
          const condition = rules[index]?.[side] ?? null;
          return condition === null || this.#outcomeOf(condition) === true;
        });
      return { name, read: may("read"), write: may("write"), policies };
    });
  }

  #reason({ allowed, decided }: Pick<Explanation, "allowed" | "decided">): string {
    const { entity, action } = this.#asked;
    switch (decided.by) {
      case "key":
        return "Allowed: policies do not concern service keys.";
      case "tenant":
        return "Not allowed: the record belongs to another tenant.";
      case "read":
        return `Not allowed: who may not read a ${entity.name} cannot ${action.name} it.`;
      case "default": {
        const speaking = this.#policiesOf(action).some(({ effect }) => effect === "allow");
        return speaking
          ? `Not allowed: no policy that allows ${action.name} is true here.`
          : `Not allowed: no policy allows ${action.name} of ${entity.name} records.`;
      }
      case "policy": {
        const policy = this.#policiesOf(action).find(({ index }) => index === decided.index);
        const words = policy?.words ?? "";
        if (allowed) return `Allowed where ${words}, which is so.`;
        return policy?.outcome === "unknown"
          ? `Forbidden where ${words}, which is not known here.`
          : `Forbidden where ${words}, which is so.`;
      }
    }
  }
}
