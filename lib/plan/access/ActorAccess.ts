import { operation } from "../../expression/build.ts";
import type { Expression } from "../../expression/Expression.ts";
import { booleanType } from "../../expression/types.ts";
import type { Access } from "./Access.ts";
import { allOf, always, anyOf, certain, never } from "./certain.ts";
import { type NamedAction, names, type Rules } from "./Rules.ts";

export interface ActorAccessParts {
  readonly key: string;
  readonly rulesOf: (resource: string) => Rules;
  readonly actionOf: (resource: string, action: string) => NamedAction;
  /** An expression as far as it is known for these actors. */
  readonly known: (expression: Expression) => Expression;
}

/** The access of all actors that the policies of a model do not tell apart. Each condition is made when first asked for. */
export class ActorAccess implements Access {
  readonly key: string;
  readonly #parts: ActorAccessParts;
  readonly #conditions = new Map<string, Expression | null>();

  constructor(parts: ActorAccessParts) {
    this.key = parts.key;
    this.#parts = parts;
  }

  rows(resource: string, action: string): Expression | null {
    const named = this.#parts.actionOf(resource, action);
    return named.type === "create" ? null : this.#allowed(resource, named);
  }

  result(resource: string, action: string): Expression | null {
    const named = this.#parts.actionOf(resource, action);
    return named.type === "create" || named.type === "update" ? this.#allowed(resource, named) : null;
  }

  fieldRead(resource: string, field: string): Expression | null {
    return this.#kept(`read ${resource}.${field}`, () => this.#ofField(resource, field, "read"));
  }

  fieldWrite(resource: string, field: string): Expression | null {
    return this.#kept(`write ${resource}.${field}`, () => this.#ofField(resource, field, "write"));
  }

  /** Some `allow` is true, and every `forbid` is false: an unknown one allows nothing and forbids. */
  #allowed(resource: string, action: NamedAction): Expression | null {
    return this.#kept(`${action.type} ${resource}.${action.name}`, () => {
      const { tenant, policies: all } = this.#parts.rulesOf(resource);
      const policies = all.filter((policy) => names(policy, action));
      const of = (effect: "allow" | "forbid") =>
        policies.filter((policy) => policy.effect === effect).map(({ expression }) => this.#parts.known(expression));
      const allowed = anyOf(of("allow").map(certain));
      // What is allowed to nobody need not be forbidden.
      if (allowed === never) return never;
      const forbidden = of("forbid").map((condition) => certain(operation("not", booleanType, [condition])));
      // An actor's own tenant is part of every condition, whatever the policies say.
      return allOf([...(tenant ? [this.#parts.known(tenant)] : []), allowed, ...forbidden]);
    });
  }

  #ofField(resource: string, field: string, side: "read" | "write"): Expression {
    // Whoever sees a record sees its key: links, cursors and caches stand on it.
    if (field === "id" && side === "read") return always;
    const rules = this.#parts.rulesOf(resource).fields.filter(({ fields }) => fields.includes(field));
    return allOf(rules.flatMap((rule) => rule[side] ?? []).map((condition) => certain(this.#parts.known(condition))));
  }

  #kept(name: string, make: () => Expression): Expression | null {
    let condition = this.#conditions.get(name);
    if (condition === undefined) {
      const made = make();
      condition = made === always ? null : made;
      this.#conditions.set(name, condition);
    }
    return condition;
  }
}
