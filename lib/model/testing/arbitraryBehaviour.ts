import * as fc from "fast-check";
import { writableFields } from "../actions/writableFields.ts";
import { present } from "../read/present.ts";
import { actionNames } from "../read/readActions.ts";
import { someOf } from "../read/someOf.ts";
import { isToOne } from "../relationships/isToOne.ts";
import type { Action, Aggregate, Calculation, Features, Model, Resource, States, Validation } from "../types.ts";
import type { Draw } from "./draw.ts";
import { chance } from "./draw.ts";

const roles = ["manager", "sales"];

/** The model with calculations, actions, policies and the rest in some of its resources, all of them legal. */
export function drawBehaviour(draw: Draw, model: Model): Model {
  const app = {
    ...model.app,
    ...(chance(draw, 2)
      ? { roles: roles.map((name) => ({ name, ...(chance(draw, 3) ? { describe: "Who" } : {}) })) }
      : {}),
  };
  const users = model.resources[0]?.name;
  const whole = { ...model, app: users !== undefined && chance(draw, 2) ? { ...app, users } : app };
  return { ...whole, resources: whole.resources.map((resource) => withBehaviour(draw, whole, resource)) };
}

function withBehaviour(draw: Draw, model: Model, plain: Resource): Resource {
  const attributes = plain.attributes.map((attribute) =>
    attribute.writable === "readOnly" && !attribute.default ? { ...attribute, required: false } : attribute,
  );
  const resource = { ...plain, attributes };
  if (chance(draw, 2)) return resource;
  const maybe = <T>(make: () => T): T | undefined => (chance(draw, 2) ? make() : undefined);
  const computed = {
    ...resource,
    ...present({
      calculations: someOf(maybe(() => drawCalculations(draw, model, resource))),
      aggregates: someOf(maybe(() => drawAggregates(draw, model, resource))),
      features: maybe(() => drawFeatures(draw, model, resource)),
      states: maybe(() => drawStates(draw, resource)),
    }),
  };
  const condition = () => drawCondition(draw, model, computed);
  const acting = { ...computed, ...drawActions(draw, computed, condition) };
  return {
    ...acting,
    ...present({
      validations: someOf(
        maybe(() => [drawValidation(draw, condition), { ...drawValidation(draw, condition), message: "No" }]),
      ),
      policies: maybe(() => [
        { effect: "allow" as const, actions: ["*"], expression: condition() },
        { effect: "forbid" as const, actions: ["read", "destroy"], expression: condition(), describe: "Why" },
      ]),
      fieldPolicies: someOf(
        maybe(() => resource.attributes.slice(0, 2).map(({ name }) => ({ fields: [name], read: condition() }))),
      ),
      conditionalUniques: maybe(() => conditionalUniques(resource)),
    }),
  } satisfies Resource as Resource;
}

/** Attributes whose values expressions can compare with null. */
function seen({ attributes }: Resource) {
  return attributes.filter(({ type }) => !["embed", "file", "vector", "encrypted"].includes(type.kind));
}

function drawCondition(draw: Draw, { app }: Model, resource: Resource): string {
  const fields = [
    ...seen(resource).map(({ name }) => name),
    ...resource.relationships.filter(isToOne).map(({ name }) => name),
    ...(resource.calculations ?? []).map(({ name }) => name),
    "id",
  ];
  const field = one(draw, fields);
  const texts = [`${field} == null`, `!(${field} != null)`, `record.${field} == null  ||  true`];
  const actor = app.roles ? [`'manager' in actor.roles`, `actor.role == "sales" && ${field} != null`] : [];
  return one(draw, [...texts, ...actor]);
}

function drawCalculations(draw: Draw, model: Model, resource: Resource): readonly Calculation[] {
  const [attribute] = seen(resource).filter(({ type }) => type.kind === "text");
  return [
    {
      name: "isReady",
      type: { kind: "boolean" },
      expression: drawCondition(draw, { ...model, app: { name: "" } }, resource),
      ...(chance(draw, 3) ? { column: chance(draw, 2) ? "is_ready" : "ready stored" } : {}),
    },
    ...(attribute
      ? [
          {
            name: "caption",
            type: { kind: "text" },
            expression: `${attribute.name} + 'x'`,
            describe: "It's said",
          } as const,
        ]
      : []),
  ];
}

function drawAggregates(draw: Draw, model: Model, resource: Resource): readonly Aggregate[] {
  const many = resource.relationships.find((relationship) => !isToOne(relationship));
  const target = many && model.resources.find(({ name }) => name === many.target);
  if (!many || !target) return [];
  const [text] = target.attributes.filter(({ type }) => type.kind === "text");
  return [
    { name: "howMany", function: "count", path: [many.name], ...(chance(draw, 2) ? { where: "id != null" } : {}) },
    ...(text
      ? [
          {
            name: "firstOne",
            function: "first",
            path: [many.name],
            field: text.name,
            order: [{ name: text.name, descending: true }],
          } as const,
        ]
      : []),
  ];
}

function drawFeatures(draw: Draw, model: Model, resource: Resource): Features {
  // What cascades from records that are kept has to be kept as well.
  const cascades = model.resources.some(({ relationships }) =>
    relationships.some((one) => one.kind === "belongsTo" && one.target === resource.name && one.onDelete === "cascade"),
  );
  const names = [...resource.attributes, ...resource.relationships].map(({ name }) => name);
  const [text] = resource.attributes.filter(({ type }) => type.kind === "text");
  const column = (usual: string) => (chance(draw, 3) ? `${usual} of` : usual);
  const features: Features = {
    history: true,
    ...(chance(draw, 3) ? { changeFeed: true } : {}),
    ...(!cascades && chance(draw, 2) ? { softDelete: { column: column("deleted_at") } } : {}),
    ...(chance(draw, 2) ? { versioned: { column: column("version"), required: chance(draw, 2) } } : {}),
    ...(chance(draw, 2) && !names.includes("createdAt")
      ? { timestamps: { createdColumn: column("made"), updatedColumn: column("updated_at") } }
      : {}),
    ...(text && chance(draw, 2)
      ? {
          search: { fields: [text.name], language: chance(draw, 2) ? "simple" : "german" },
          order: [{ name: text.name, descending: true }],
        }
      : {}),
  };
  return features;
}

function drawStates(draw: Draw, resource: Resource): States | undefined {
  const attribute = resource.attributes.find(
    ({ type, default: value, required }) => type.kind === "choice" && (value || !required),
  );
  if (attribute?.type.kind !== "choice") return undefined;
  const options = attribute.type.options.map(({ name }) => name);
  const to = one(draw, options);
  const reaching = options.map((option, index) => ({
    action: index === 0 ? "advance" : `step${index}`,
    from: [],
    to: option,
  }));
  return {
    attribute: attribute.name,
    transitions: [...reaching, { action: "giveBack", from: options, to, when: "id != null" }],
  };
}

function drawActions(
  draw: Draw,
  resource: Resource,
  condition: () => string,
): Pick<Resource, "actions" | "definedActions"> {
  if (chance(draw, 2)) return { actions: resource.actions };
  const accept = writableFields(resource, "create").filter((name) => name !== resource.states?.attribute);
  const [settable] = seen(resource).filter(({ type }) => type.kind === "text");
  const update: Action = {
    name: "advance",
    type: "update",
    accept: writableFields(resource, "update").filter((name) => name !== settable?.name),
    arguments: [{ name: "reason", type: { kind: "text" }, required: true, maxLength: 20 }],
    ...(settable ? { set: [{ field: settable.name, expression: "arguments.reason" }] } : {}),
    require: [{ expression: condition(), message: "Not now" }, { expression: condition() }].slice(
      draw(fc.nat, { max: 1 }),
    ),
    ...(chance(draw, 2) ? { validations: [drawValidation(draw, condition)] } : {}),
  };
  const create: readonly Action[] = resource.actions.includes("create")
    ? [{ name: "create", type: "create", accept }]
    : [];
  const read: Action = { name: "recent", type: "read", where: condition(), describe: "Those of late" };
  return {
    actions: actionNames.filter((name) => resource.actions.includes(name)),
    definedActions: [...create, update, read],
  };
}

function drawValidation(draw: Draw, condition: () => string): Validation {
  return {
    expression: condition(),
    message: "It's not so",
    ...(chance(draw, 2) ? { when: condition() } : {}),
  };
}

function conditionalUniques(resource: Resource): Resource["conditionalUniques"] {
  const [attribute] = resource.attributes.filter(({ type }) => type.kind === "text");
  return attribute ? [{ fields: [attribute.name], when: `${attribute.name} != 'none'` }] : undefined;
}

function one<T>(draw: Draw, values: readonly T[]): T {
  return draw(() => fc.constantFrom(...values));
}
