import { checkExpression } from "../../expression/check/checkExpression.ts";
import { actionsOf } from "../../model/actions/actionsOf.ts";
import type { ExpressionSlot } from "../../model/expressions/ExpressionSlot.ts";
import { placedExpression } from "../../model/expressions/expressionsOf.ts";
import { mapExpressions } from "../../model/expressions/mapExpressions.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Action, Attribute, Model, Resource } from "../../model/types.ts";
import { fieldPolicySentences, policySentence } from "../../model/words/policySentence.ts";
import { withArticle } from "../../model/words/sentenceList.ts";
import { fingerprint } from "../propose/fingerprint.ts";
import type { PartKind } from "../propose/Proposal.ts";
import { replacedAt, withoutAt, withResource } from "../propose/without.ts";
import type { Mutant } from "./Mutant.ts";
import { textMutations } from "./textMutations.ts";

const known = new WeakMap<Model, readonly Mutant[]>();

/** The models that differ from a verified one in one thing, in the order of its resources. */
export function mutantsOf(model: Model): readonly Mutant[] {
  const found = known.get(model) ?? model.resources.flatMap((resource) => new Mutating(model, resource).all());
  known.set(model, found);
  return found;
}

interface Made {
  readonly kind: PartKind;
  readonly part: readonly string[];
  readonly sentence: string;
  readonly change: Partial<Resource>;
  readonly drops?: boolean;
  readonly sameTables?: boolean;
}

class Mutating {
  readonly #model: Model;
  readonly #resource: Resource;
  readonly #mutants: Mutant[] = [];

  constructor(model: Model, resource: Resource) {
    this.#model = model;
    this.#resource = resource;
  }

  all(): readonly Mutant[] {
    this.#rules();
    this.#validations();
    this.#actions();
    this.#states();
    this.#attributes();
    this.#relationships();
    this.#features();
    this.#computed();
    this.#expressions();
    return this.#mutants;
  }

  get #one(): string {
    return withArticle(spokenName(this.#resource.name));
  }

  #add({ kind, part, sentence, change, drops = true, sameTables = true }: Made): void {
    const { name } = this.#resource;
    const model = withResource(this.#model, this.#resource, change);
    const path = [name, ...part];
    this.#mutants.push({
      id: fingerprint([path, sentence]),
      kind,
      resource: name,
      part: path,
      sentence,
      drops,
      sameTables,
      model,
    });
  }

  #rules(): void {
    const { policies = [], fieldPolicies = [] } = this.#resource;
    policies.forEach((policy, index) => {
      const part = ["policies", String(index)];
      const said = policySentence(this.#resource, policy, this.#model);
      this.#add({
        kind: "policy",
        part,
        sentence: `Without the rule: ${said}.`,
        change: { policies: withoutAt(policies, index) },
      });
      if (policy.expression.trim() === "true") return;
      const open = replacedAt(policies, index, { ...policy, expression: "true" });
      this.#add({
        kind: "policy",
        part,
        sentence: `For everybody and always: ${said}.`,
        change: { policies: open },
        drops: false,
      });
    });
    fieldPolicies.forEach((policy, index) => {
      const said = fieldPolicySentences(this.#resource, policy, this.#model);
      for (const side of ["read", "write"] as const) {
        if (policy[side] === undefined) continue;
        const { [side]: _gone, ...rest } = policy;
        const sentence = `Without the rule: ${(side === "read" ? said[0] : said.at(-1)) ?? ""}.`;
        this.#add({
          kind: "fieldPolicy",
          part: ["fieldPolicies", String(index), side],
          sentence,
          change: { fieldPolicies: replacedAt(fieldPolicies, index, rest) },
        });
      }
    });
  }

  #validations(): void {
    const { validations = [] } = this.#resource;
    validations.forEach(({ message }, index) => {
      this.#add({
        kind: "validation",
        part: ["validations", String(index)],
        sentence: `Without the check: ${message}`,
        change: { validations: withoutAt(validations, index) },
      });
    });
  }

  #defined(action: Action, change: Partial<Action>): Partial<Resource> {
    const definedActions = (this.#resource.definedActions ?? []).map((each) =>
      each === action ? { ...each, ...change } : each,
    );
    return { definedActions };
  }

  #actions(): void {
    for (const action of this.#resource.definedActions ?? []) {
      const { name, require = [], validations = [], set = [] } = action;
      const part = ["definedActions", name];
      const words = `“${spokenName(name)}” of ${this.#one}`;
      require.forEach(({ message, expression }, index) => {
        const sentence = `${words} without asking: ${message ?? `\`${expression}\``}`;
        this.#add({
          kind: "requirement",
          part: [...part, "require", String(index)],
          sentence,
          change: this.#defined(action, { require: withoutAt(require, index) }),
        });
      });
      validations.forEach(({ message }, index) => {
        const sentence = `${words} without the check: ${message}`;
        this.#add({
          kind: "validation",
          part: [...part, "validations", String(index)],
          sentence,
          change: this.#defined(action, { validations: withoutAt(validations, index) }),
        });
      });
      set.forEach(({ field }, index) => {
        const sentence = `${words} without setting the ${spokenName(field)}.`;
        this.#add({
          kind: "action",
          part: [...part, "set"],
          sentence,
          change: this.#defined(action, { set: withoutAt(set, index) }),
        });
      });
    }
  }

  #states(): void {
    const { states } = this.#resource;
    if (!states) return;
    const { transitions } = states;
    const changed = (next: typeof transitions) => ({ states: { ...states, transitions: next } });
    transitions.forEach((transition, index) => {
      const part = ["states", "transitions", String(index)];
      const { when, ...open } = transition;
      const words = `“${spokenName(transition.action)}” of ${this.#one}`;
      // Without its only transition an action would still be there where it is written.
      const others = transitions.some((each, at) => at !== index && each.action === transition.action);
      const isMade = !(this.#resource.definedActions ?? []).some(({ name }) => name === transition.action);
      if (others || !isMade)
        this.#add({
          kind: "transition",
          part,
          sentence: `${words} no longer leads to ${spokenName(transition.to)}.`,
          change: changed(withoutAt(transitions, index)),
        });
      else if (transition.from.length > 0)
        this.#add({
          kind: "transition",
          part,
          sentence: `${words} is not there.`,
          change: changed(withoutAt(transitions, index)),
        });
      if (transition.from.length > 0) {
        this.#add({
          kind: "transition",
          part,
          sentence: `${words} leads on from every state.`,
          change: changed(replacedAt(transitions, index, { ...transition, from: [] })),
          drops: false,
        });
      }
      if (when !== undefined) {
        this.#add({
          kind: "guard",
          part: [...part, "when"],
          sentence: `${words} without its condition \`${when}\`.`,
          change: changed(replacedAt(transitions, index, open)),
        });
      }
    });
  }

  #attribute(attribute: Attribute, next: Attribute): Partial<Resource> {
    return { attributes: this.#resource.attributes.map((each) => (each === attribute ? next : each)) };
  }

  #attributes(): void {
    const accepted = new Set(actionsOf(this.#resource).map(({ type }) => type));
    if (!accepted.has("create") && !accepted.has("update")) return;
    for (const attribute of this.#resource.attributes) {
      const { name } = attribute;
      const words = `the ${spokenName(name)} of ${this.#one}`;
      const part = (member: string) => ["attributes", name, member];
      for (const bound of ["min", "max", "minLength", "maxLength", "pattern", "minItems", "maxItems"] as const) {
        const value = attribute[bound];
        if (value === undefined || attribute.writable === "readOnly") continue;
        const { [bound]: _gone, ...open } = attribute;
        this.#add({
          kind: "bound",
          part: part(bound),
          sentence: `Without the ${bounds[bound]} ${value} for ${words}.`,
          change: this.#attribute(attribute, open),
        });
      }
      if (
        attribute.required &&
        attribute.default === undefined &&
        attribute.writable !== "readOnly" &&
        attribute.type.kind !== "sequence" &&
        attribute.type.kind !== "file"
      ) {
        this.#add({
          kind: "required",
          part: part("required"),
          sentence: `${capital(words)} may be left out.`,
          change: this.#attribute(attribute, { ...attribute, required: false }),
          sameTables: false,
        });
      }
      if (attribute.unique && attribute.type.kind !== "sequence") {
        this.#add({
          kind: "unique",
          part: part("unique"),
          sentence: `Two ${spokenName(this.#resource.plural)} may have the same ${spokenName(name)}.`,
          change: this.#attribute(attribute, { ...attribute, unique: false }),
          sameTables: false,
        });
      }
      if (attribute.writable !== undefined && attribute.type.kind !== "file") {
        const { writable: _gone, ...open } = attribute;
        this.#add({
          kind: "writable",
          part: part("writable"),
          sentence: `Everybody may give ${words}.`,
          change: this.#attribute(attribute, open),
        });
      }
    }
  }

  #relationships(): void {
    const { relationships, uniques, conditionalUniques = [] } = this.#resource;
    for (const relationship of relationships) {
      if (relationship.kind !== "belongsTo") continue;
      const { name, onDelete, required, unique } = relationship;
      const part = (member: string) => ["relationships", name, member];
      const next = (change: object) => ({
        relationships: relationships.map((each) => (each === relationship ? { ...relationship, ...change } : each)),
      });
      const target = spokenName(relationship.target);
      const many = spokenName(this.#resource.plural);
      const isDestroyed = this.#model.resources
        .find((each) => each.name === relationship.target)
        ?.actions.includes("destroy");
      const isKept = this.#model.resources.find((each) => each.name === relationship.target)?.features?.softDelete;
      if (isDestroyed && !isKept) {
        const other = onDelete === "restrict" ? "cascade" : "restrict";
        const sentence =
          other === "cascade"
            ? `Deleting ${withArticle(target)} deletes the ${many} that refer to it.`
            : `${capital(withArticle(target))} that ${many} refer to is not deleted.`;
        this.#add({
          kind: "onDelete",
          part: part("onDelete"),
          sentence,
          change: next({ onDelete: other }),
          sameTables: false,
        });
      }
      if (required && this.#resource.actions.includes("create")) {
        this.#add({
          kind: "required",
          part: part("required"),
          sentence: `The ${spokenName(name)} of ${this.#one} may be left out.`,
          change: next({ required: false }),
          sameTables: false,
        });
      }
      if (unique) {
        this.#add({
          kind: "unique",
          part: part("unique"),
          sentence: `Two ${many} may have the same ${spokenName(name)}.`,
          change: next({ unique: false }),
          sameTables: false,
        });
      }
    }
    uniques.forEach((fields, index) => {
      const sentence = `Two ${spokenName(this.#resource.plural)} may have the same ${fields.map(spokenName).join(", ")}.`;
      this.#add({
        kind: "unique",
        part: ["uniques", String(index)],
        sentence,
        change: { uniques: withoutAt(uniques, index) },
        sameTables: false,
      });
    });
    conditionalUniques.forEach(({ fields, when }, index) => {
      const sentence = `Two ${spokenName(this.#resource.plural)} may have the same ${fields.map(spokenName).join(", ")} where \`${when}\`.`;
      this.#add({
        kind: "unique",
        part: ["conditionalUniques", String(index)],
        sentence,
        change: { conditionalUniques: withoutAt(conditionalUniques, index) },
        sameTables: false,
      });
    });
  }

  #features(): void {
    const { features } = this.#resource;
    if (!features) return;
    const { tenant, softDelete, ...rest } = features;
    if (tenant !== undefined) {
      const change = { features: { ...rest, ...(softDelete && { softDelete }) } };
      this.#add({
        kind: "tenant",
        part: ["features", "tenant"],
        sentence: `${capital(spokenName(this.#resource.plural))} of all tenants are together.`,
        change,
      });
    }
    if (softDelete && this.#resource.actions.includes("destroy")) {
      const change = { features: { ...rest, ...(tenant !== undefined && { tenant }) } };
      this.#add({
        kind: "softDelete",
        part: ["features", "softDelete"],
        sentence: `Deleted ${spokenName(this.#resource.plural)} are not kept.`,
        change,
        sameTables: false,
      });
    }
  }

  #computed(): void {
    const { calculations = [], aggregates = [] } = this.#resource;
    calculations.forEach((calculation, index) => {
      const sentence = `The ${spokenName(calculation.name)} of ${this.#one} is never worked out.`;
      const change = { calculations: replacedAt(calculations, index, { ...calculation, expression: "null" }) };
      this.#add({
        kind: "calculation",
        part: ["calculations", calculation.name],
        sentence,
        change,
        sameTables: calculation.column === undefined,
      });
    });
    aggregates.forEach((aggregate, index) => {
      const sameTables = aggregate.column === undefined;
      const sentence = `The ${spokenName(aggregate.name)} of ${this.#one} is of no records.`;
      const change = (where: string) => ({ aggregates: replacedAt(aggregates, index, { ...aggregate, where }) });
      const part = ["aggregates", aggregate.name];
      this.#add({ kind: "aggregate", part, sentence, change: change("false"), sameTables });
      if (aggregate.where === undefined) return;
      const all = `The ${spokenName(aggregate.name)} of ${this.#one} is of all records, not only where \`${aggregate.where}\`.`;
      this.#add({ kind: "aggregate", part, sentence: all, change: change("true"), drops: false, sameTables });
    });
  }

  /** Each expression said a little differently, as far as that is still sound. */
  #expressions(): void {
    const slots: { readonly text: string; readonly slot: ExpressionSlot }[] = [];
    mapExpressions(this.#model, this.#resource, (text, slot) => {
      slots.push({ text, slot });
      return text;
    });
    slots.forEach(({ text, slot }, index) => {
      const part = partOf(slot.path.slice(1), this.#resource);
      if (!part) return;
      for (const mutation of textMutations(text)) {
        if (!isSound(this.#model, mutation.text, slot)) continue;
        let at = -1;
        const changed = mapExpressions(this.#model, this.#resource, (each) => {
          at += 1;
          return at === index ? mutation.text : each;
        });
        const { kind, path, sameTables } = part;
        this.#add({
          kind,
          part: path,
          sentence: `${capital(mutation.change)} in \`${text}\`.`,
          change: changed,
          drops: false,
          sameTables,
        });
      }
    });
  }
}

const bounds = {
  min: "least value",
  max: "greatest value",
  minLength: "least length",
  maxLength: "greatest length",
  pattern: "pattern",
  minItems: "least number of items",
  maxItems: "greatest number of items",
} as const;

interface PartOf {
  readonly kind: PartKind;
  readonly path: readonly string[];
  readonly sameTables: boolean;
}

/** The part that an expression belongs to, as proposals name it; null for defaults and named reads. */
function partOf([section = "", name = "", member = "", at = ""]: readonly string[], resource: Resource): PartOf | null {
  const part = (kind: PartKind, path: readonly string[], sameTables = true) => ({ kind, path, sameTables });
  const isKept = (list: readonly { readonly name: string; readonly column?: string }[] = []) =>
    list.find((each) => each.name === name)?.column === undefined;
  switch (section) {
    case "policies":
      return part("policy", [section, name]);
    case "fieldPolicies":
      return part("fieldPolicy", [section, name, member]);
    case "validations":
      return part("validation", [section, name]);
    case "calculations":
      return part("calculation", [section, name], isKept(resource.calculations));
    case "aggregates":
      return part("aggregate", [section, name], isKept(resource.aggregates));
    case "conditionalUniques":
      return part("unique", [section, name], false);
    case "states": {
      const index = (resource.states?.transitions ?? []).findIndex(
        ({ action, when }) => action === member && when !== undefined,
      );
      return part("guard", ["states", "transitions", String(index), "when"]);
    }
    case "actions":
      if (member === "require") return part("requirement", ["definedActions", name, "require", at]);
      if (member === "validations") return part("validation", ["definedActions", name, "validations", at]);
      return member === "set" ? part("action", ["definedActions", name, "set"]) : null;
    default:
      return null;
  }
}

function isSound(model: Model, text: string, slot: ExpressionSlot): boolean {
  const placed = placedExpression(model, text, slot);
  const expected = placed.expected();
  return (
    checkExpression(text, placed.scope(), {
      ...(expected && { expected }),
      ...(placed.target && { target: placed.target }),
    }).expression !== null
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
