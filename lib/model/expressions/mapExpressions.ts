import { present } from "../read/present.ts";
import type {
  Action,
  Aggregate,
  Argument,
  Attribute,
  Model,
  Resource,
  States,
  Validation,
  ValueObject,
} from "../types.ts";
import { actionsNamed, sharedArguments } from "./actionsNamed.ts";
import type { ExpressionSlot } from "./ExpressionSlot.ts";
import { condition } from "./ExpressionSlot.ts";
import { mapSame } from "./mapSame.ts";
import { resourceAlong } from "./resourceAlong.ts";

/** Gives the text that shall stand in a slot; the same text leaves it as it is. */
export type MapExpression = (text: string, slot: ExpressionSlot) => string;

/** The resource with each of its expressions replaced; the same object when nothing changed. */
export function mapExpressions(model: Model, resource: Resource, map: MapExpression): Resource {
  const walk = new ResourceWalk(model, resource, map);
  const next = walk.resource();
  return walk.changed ? next : resource;
}

/** As `mapExpressions`, of the defaults in a value object. */
export function mapValueObject(object: ValueObject, map: MapExpression): ValueObject {
  const attributes = mapSame(object.attributes, (attribute) => {
    const path = [object.name, "attributes", attribute.name, "default"];
    return mapDefault(attribute, (text) =>
      map(text, { path, about: null, arguments: [], expects: valueFor(attribute) }),
    );
  });
  return attributes === object.attributes ? object : { ...object, attributes };
}

class ResourceWalk {
  readonly #model: Model;
  readonly #resource: Resource;
  readonly #map: MapExpression;
  changed = false;

  constructor(model: Model, resource: Resource, map: MapExpression) {
    this.#model = model;
    this.#resource = resource;
    this.#map = map;
  }

  resource(): Resource {
    const resource = this.#resource;
    const { calculations, aggregates, validations, states, policies, fieldPolicies, conditionalUniques } = resource;
    return {
      ...resource,
      attributes: resource.attributes.map((attribute) =>
        mapDefault(attribute, (text) =>
          this.#text(text, ["attributes", attribute.name, "default"], { expects: valueFor(attribute) }),
        ),
      ),
      ...present({
        calculations: calculations?.map((calculation) => {
          const expects = { kind: "value", type: calculation.type } as const;
          const path = ["calculations", calculation.name, "expression"];
          return { ...calculation, expression: this.#text(calculation.expression, path, { expects }) };
        }),
        aggregates: aggregates?.map((aggregate) => this.#aggregate(aggregate)),
        validations: validations?.map((validation, index) => this.#resourceValidation(validation, index)),
        states: states && this.#states(states),
        definedActions: resource.definedActions?.map((action) => this.#action(action)),
        policies: policies?.map((policy, index) => {
          const shared = sharedArguments(actionsNamed(resource, policy.actions));
          const path = ["policies", String(index), "expression"];
          return { ...policy, expression: this.#text(policy.expression, path, { arguments: shared }) };
        }),
        fieldPolicies: fieldPolicies?.map((policy, index) => ({
          ...policy,
          ...this.#optional(policy, ["read", "write"], ["fieldPolicies", String(index)]),
        })),
        conditionalUniques: conditionalUniques?.map((group, index) => ({
          ...group,
          when: this.#text(group.when, ["conditionalUniques", String(index), "when"]),
        })),
      }),
    };
  }

  #aggregate(aggregate: Aggregate): Aggregate {
    if (aggregate.where === undefined) return aggregate;
    const about = resourceAlong(this.#model, this.#resource, aggregate.path)?.name ?? null;
    return { ...aggregate, where: this.#text(aggregate.where, ["aggregates", aggregate.name, "where"], { about }) };
  }

  #resourceValidation(validation: Validation, index: number): Validation {
    const named = validation.actions ? actionsNamed(this.#resource, validation.actions) : [];
    return this.#validation(validation, ["validations", String(index)], sharedArguments(named));
  }

  #validation(validation: Validation, path: readonly string[], given: readonly Argument[]): Validation {
    return {
      ...validation,
      expression: this.#text(validation.expression, [...path, "expression"], { arguments: given }),
      ...this.#optional(validation, ["when"], path, given),
    };
  }

  #states(states: States): States {
    return {
      ...states,
      transitions: states.transitions.map((transition) => {
        const given = sharedArguments(actionsNamed(this.#resource, [transition.action]));
        return {
          ...transition,
          ...this.#optional(transition, ["when"], ["states", "transitions", transition.action], given),
        };
      }),
    };
  }

  #action(action: Action): Action {
    const path = ["actions", action.name];
    const given = action.arguments ?? [];
    return {
      ...action,
      ...present({
        arguments: action.arguments?.map((argument) =>
          mapDefault(argument, (text) =>
            this.#text(text, [...path, "arguments", argument.name, "default"], {
              about: null,
              expects: valueFor(argument),
            }),
          ),
        ),
        set: action.set?.map(({ field, expression }) => {
          const expects = { kind: "field", field } as const;
          const at = [...path, "set", field, "expression"];
          return { field, expression: this.#text(expression, at, { arguments: given, expects }) };
        }),
        require: action.require?.map((requirement, index) => ({
          ...requirement,
          expression: this.#text(requirement.expression, [...path, "require", String(index), "expression"], {
            arguments: given,
          }),
        })),
        validations: action.validations?.map((validation, index) =>
          this.#validation(validation, [...path, "validations", String(index)], given),
        ),
        where:
          action.where === undefined ? undefined : this.#text(action.where, [...path, "where"], { arguments: given }),
      }),
    };
  }

  #optional<K extends string>(
    part: { readonly [key in K]?: string },
    keys: readonly K[],
    path: readonly string[],
    given: readonly Argument[] = [],
  ): { readonly [key in K]?: string } {
    const entries = keys.flatMap((key): (readonly [string, string])[] => {
      const text = part[key];
      return text === undefined ? [] : [[key, this.#text(text, [...path, key], { arguments: given })]];
    });
    return Object.fromEntries(entries) as { [key in K]?: string };
  }

  #text(text: string, path: readonly string[], slot: Partial<ExpressionSlot> = {}): string {
    const { name } = this.#resource;
    const next = this.#map(text, { about: name, arguments: [], expects: condition, ...slot, path: [name, ...path] });
    if (next !== text) this.changed = true;
    return next;
  }
}

function mapDefault<T extends Pick<Attribute, "default">>(part: T, map: (text: string) => string): T {
  if (part.default?.kind !== "expression") return part;
  const expression = map(part.default.expression);
  return expression === part.default.expression ? part : { ...part, default: { kind: "expression", expression } };
}

function valueFor({ type }: Pick<Attribute, "type">): ExpressionSlot["expects"] {
  return { kind: "value", type };
}
