import type { Expression } from "../../expression/Expression.ts";
import { simplify } from "../../expression/simplify/simplify.ts";
import { actionsOf } from "../../model/actions/actionsOf.ts";
import type { ActionName, Model } from "../../model/types.ts";
import type { Actor } from "../types.ts";
import { type Access, fullAccess } from "./Access.ts";
import { ActorAccess } from "./ActorAccess.ts";
import { type Fact, gatherFacts, type Outcome, withFacts } from "./actorFacts.ts";
import { askActor } from "./askActor.ts";
import { isDenied } from "./checkAction.ts";
import { modelRules } from "./modelRules.ts";
import { type NamedAction, noRules, type Rules } from "./Rules.ts";

/** So many kinds of actors are kept apart, the one not seen for longest goes first. */
const maxAccesses = 256;

const known = new WeakMap<Model, Accesses>();

/** The accesses of a verified model; made when they are first asked for. */
export function accessesOf(model: Model): Accesses {
  let accesses = known.get(model);
  if (!accesses) {
    accesses = new Accesses(model);
    known.set(model, accesses);
  }
  return accesses;
}

/** The accesses of one model, made of its policies once for all actors that these do not tell apart. */
export class Accesses {
  readonly #rules: ReadonlyMap<string, Rules>;
  readonly #actions: ReadonlyMap<string, ReadonlyMap<string, ActionName>>;
  readonly #byActor = new WeakMap<Actor, Access>();
  readonly #byFacts = new Map<string, Access>();
  readonly #allowing = new WeakMap<Access, boolean>();
  #facts: ReadonlyMap<string, Fact> | null = null;
  #made = 0;

  constructor(model: Model, rules: ReadonlyMap<string, Rules> = modelRules(model)) {
    this.#rules = rules;
    this.#actions = new Map(
      model.resources.map((resource) => [
        resource.name,
        new Map(actionsOf(resource).map(({ name, type }) => [name, type])),
      ]),
    );
  }

  of(actor: Actor): Access {
    if (actor.unrestricted) return fullAccess;
    let access = this.#byActor.get(actor);
    if (!access) {
      access = this.#byOutcomes(actor);
      this.#byActor.set(actor, access);
    }
    return access;
  }

  /** Whether there is any action on any resource that is not refused whatever the record. */
  allowsAnything(actor: Actor): boolean {
    const access = this.of(actor);
    if (access === fullAccess) return true;
    let allows = this.#allowing.get(access);
    if (allows === undefined) {
      allows = [...this.#rules.keys()].some((resource) =>
        [...(this.#actions.get(resource)?.keys() ?? [])].some((action) => !isDenied(access, resource, action)),
      );
      this.#allowing.set(access, allows);
    }
    return allows;
  }

  /** Whether a condition of the model's policies comes out the same for every record, as far as this actor goes. */
  isFixed(actor: Actor, condition: Expression): boolean {
    return simplify(withFacts(condition, this.#outcomesOf(actor)), unknown).kind === "literal";
  }

  #outcomesOf(actor: Actor): ReadonlyMap<string, Outcome> {
    this.#facts ??= factsOf(this.#rules.values());
    return new Map([...this.#facts].map(([name, fact]) => [name, askActor(actor, fact)]));
  }

  #byOutcomes(actor: Actor): Access {
    const outcomes = this.#outcomesOf(actor);
    const name = [...outcomes.values()].map(letter).join("");
    const access = this.#byFacts.get(name) ?? this.#make(outcomes);
    this.#byFacts.delete(name);
    this.#byFacts.set(name, access);
    if (this.#byFacts.size > maxAccesses) {
      const [oldest] = this.#byFacts.keys();
      if (oldest !== undefined) this.#byFacts.delete(oldest);
    }
    return access;
  }

  #make(outcomes: ReadonlyMap<string, Outcome>): Access {
    this.#made += 1;
    return new ActorAccess({
      key: `actor ${this.#made}`,
      rulesOf: (resource) => this.#rules.get(resource) ?? noRules,
      actionOf: (resource, action) => this.#actionOf(resource, action),
      known: (expression) => simplify(withFacts(expression, outcomes), unknown),
    });
  }

  #actionOf(resource: string, name: string): NamedAction {
    return { name, type: this.#actions.get(resource)?.get(name) ?? name };
  }
}

function factsOf(rules: Iterable<Rules>): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const { tenant, policies, fields } of rules) {
    if (tenant) gatherFacts(tenant, facts);
    for (const { expression } of policies) gatherFacts(expression, facts);
    for (const { read, write } of fields) for (const side of [read, write]) if (side) gatherFacts(side, facts);
  }
  return facts;
}

/** All that is known stands in the expression already. */
const unknown = () => undefined;

function letter(outcome: Outcome): string {
  if (outcome === null) return "?";
  return outcome ? "1" : "0";
}
