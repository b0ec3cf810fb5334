import { AppError } from "#lib/errors/AppError.ts";
import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { isRowReference } from "#lib/model/tests/rowReference.ts";
import type { AppTest, TestDeed, TestInput, TestValue } from "#lib/model/testTypes.ts";
import type { Action, JsonValue } from "#lib/model/types.ts";
import { mayAnything } from "#lib/plan/authorize.ts";
import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { defaultOrder } from "#lib/plan/read/defaultOrder.ts";
import { defaultSelection } from "#lib/plan/read/defaultSelection.ts";
import type { Actor, Plan, Selection } from "#lib/plan/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { planCreate, planDestroy, planUpdate } from "#lib/plan/write/planWrite.ts";
import { readArguments } from "#lib/plan/write/readArguments.ts";
import { refuse } from "#lib/plan/write/refuse.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { splitUpsert } from "#lib/plan/write/splitUpsert.ts";
import type { TestParts } from "./actorOfTest.ts";
import type { GivenRows } from "./GivenRows.ts";
import { TestFailure } from "./TestFailure.ts";

export type Outcome =
  /** The record that comes of it as its actor sees it; null where it may not be seen. */
  | { readonly kind: "done"; readonly entity: Entity; readonly record: Readonly<Record<string, unknown>> | null }
  | { readonly kind: "listed"; readonly entity: Entity; readonly keys: readonly string[] }
  | { readonly kind: "refused"; readonly error: AppError };

export interface DeedParts extends TestParts {
  readonly actor: Actor;
}

/** More records of a list are not looked at; no test gives so many. */
const mostListed = 1000;

/** Does what a test does, the way in which every request goes. Throws the AppError that a caller would be answered. */
export async function performDeed({ do: deed, expect }: AppTest, parts: DeedParts): Promise<Outcome> {
  const { catalog } = parts.app;
  const { actor } = parts;
  if (actor.kind === "anonymous" && !mayAnything(catalog, actor)) {
    throw new AppError("unauthenticated", "Send a valid API key.");
  }
  if (deed.kind === "list") return listed(deed, parts);
  const entity = deed.kind === "create" ? resourceNamed(catalog, deed.resource) : parts.rows.named(deed.row).entity;
  const expected = expect.kind === "done" ? (expect.record ?? {}) : {};
  const selection = selectionOf(catalog, entity, Object.keys(expected));
  const plan = planOf(deed, parts, { entity, selection });
  const json = await parts.run(actor, plan);
  if (json === null) throw new AppError("not_found", `There is no ${entity.name} with this key.`);
  const record = plan.shape.kind === "upsert" ? splitUpsert(json).record : json;
  return { kind: "done", entity, record: parsed(record) as Readonly<Record<string, unknown>> | null };
}

interface Shown {
  readonly entity: Entity;
  readonly selection: Selection;
}

function planOf(deed: Exclude<TestDeed, { kind: "list" }>, parts: DeedParts, { entity, selection }: Shown): Plan {
  const { catalog } = parts.app;
  if (deed.kind === "get") {
    if (!entity.resource.actions.includes("read")) throw noSuchAction(entity, "read");
    const shape = { kind: "one", resource: entity.name, key: 0, selection } as const;
    return { shape, parameters: [parts.rows.named(deed.row).key] };
  }
  const action = actionNamed(entity, deed.action, deed.kind);
  const input = parseExactJson(JSON.stringify(apiInput(catalog, entity, { values: deed.input, rows: parts.rows })));
  const named = isStandardAction(action.name) ? {} : { action: action.name };
  const context = { catalog, entity, selection, actor: parts.actor, ...named };
  if (deed.kind === "create") return planCreate(input, context);
  const { key } = parts.rows.named(deed.row);
  return deed.kind === "update" ? planUpdate(key, input, context) : planDestroy(key, context, input);
}

async function listed(deed: Extract<TestDeed, { kind: "list" }>, parts: DeedParts): Promise<Outcome> {
  const { app, actor, rows } = parts;
  const { catalog } = app;
  const entity = resourceNamed(catalog, deed.resource);
  const action = actionNamed(entity, deed.action ?? "read", "read").name;
  const rules = rulesOf(catalog, entity, action);
  const now = new Date().toISOString();
  const given = parseExactJson(JSON.stringify(rows.resolved((deed.input ?? {}) as TestValue)));
  const read = readArguments(given as Record<string, unknown>, rules, { model: catalog.model, now });
  const unknown = Object.keys(read.rest).map((field) => ({
    field,
    rule: "unknown",
    message: "The action has no such argument.",
  }));
  refuse([...read.errors, ...unknown]);
  const plan: Plan = {
    shape: {
      kind: "many",
      resource: entity.name,
      ...(action !== "read" && { action }),
      list: {
        where: null,
        order: defaultOrder(entity),
        page: { size: mostListed, fromEnd: false, after: null, before: null },
        output: { kind: "array", selection: [{ kind: "field", as: "id", field: "id", asText: true }] },
      },
    },
    parameters: [],
    ...(rules.arguments.length > 0 && { arguments: read.values }),
    now,
  };
  const json = await parts.run(actor, plan);
  const found = (json === null ? [] : parsed(json)) as readonly { readonly id: string }[];
  return { kind: "listed", entity, keys: found.map(({ id }) => id) };
}

function resourceNamed(catalog: Catalog, name: string): Entity {
  const entity = catalog.entities.get(name);
  if (!entity) throw new TestFailure(`The app has no resource ${name}.`);
  return entity;
}

/** What a caller is told who asks for an action that is not there. */
function actionNamed(entity: Entity, name: string, type: Action["type"]): Action {
  const action = actionsOf(entity.resource).find((candidate) => candidate.name === name && candidate.type === type);
  if (!action) throw noSuchAction(entity, name);
  return action;
}

function noSuchAction({ name }: Entity, action: string): AppError {
  return isStandardAction(action)
    ? new AppError("method_not_allowed", `${name} has no action ${action}.`)
    : new AppError("not_found", `${name} has no action of this name.`);
}

interface Given {
  readonly values: TestInput;
  readonly rows: GivenRows;
}

/** What a caller would send: a belongsTo is given by its key, unless its record comes with the new one. */
function apiInput(catalog: Catalog, entity: Entity, { values, rows }: Given): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value]): [string, unknown] => {
    const relationship = entity.relationships.get(name);
    const target = relationship && catalog.entities.get(relationship.target);
    if (!relationship || !target) return [name, rows.resolved(value)];
    const nested = (one: TestValue): unknown =>
      isObject(one) ? apiInput(catalog, target, { values: one, rows }) : rows.resolved(one);
    if (relationship.kind === "manyToMany") return [name, rows.resolved(value)];
    if (relationship.kind === "belongsTo" && !isObject(value))
      return [foreignKeyField(relationship), rows.resolved(value)];
    return [name, isList(value) ? value.map(nested) : nested(value)];
  });
  return Object.fromEntries(entries);
}

/** Everything that a record shows by itself, and what else is expected of it. */
function selectionOf(catalog: Catalog, entity: Entity, names: readonly string[]): Selection {
  const more = names.flatMap((name): Selection => {
    if (entity.computed.has(name)) return [{ kind: "field", as: name, field: name }];
    const relationship = entity.relationships.get(name);
    if (!relationship || relationship.kind === "belongsTo") return [];
    const key: Selection = [{ kind: "field", as: "id", field: "id", asText: true }];
    if (isToOne(relationship)) return [{ kind: "one", as: name, relationship: name, selection: key }];
    const target = entityNamed(catalog, relationship.target);
    const page = { size: mostListed, fromEnd: false, after: null, before: null };
    const list = { where: null, order: defaultOrder(target), page, output: { kind: "array", selection: key } } as const;
    return [{ kind: "many", as: name, relationship: name, list }];
  });
  return [...defaultSelection(entity), ...more];
}

function isObject(value: TestValue): value is { readonly [name: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isRowReference(value);
}

function isList(value: TestValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function parsed(json: Uint8Array): unknown {
  return parseExactJson(Buffer.from(json).toString("utf8"));
}
