import { AppError } from "../../errors/AppError.ts";
import type { Value } from "../../expression/Value.ts";
import { typedExpression } from "../../model/expressions/typedExpression.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { AppTest, TestDeed, TestInput } from "../../model/testTypes.ts";
import type { Model, OnDelete } from "../../model/types.ts";
import { type Access, fullAccess } from "../../plan/access/Access.ts";
import { accessesOf } from "../../plan/access/Accesses.ts";
import { isDenied } from "../../plan/access/checkAction.ts";
import type { RequestContext } from "../../plan/access/contextValues.ts";
import { authorize, mayAnything } from "../../plan/authorize.ts";
import type { Actor, WritePlan } from "../../plan/types.ts";
import { parseExactJson } from "../../plan/values/exactJson.ts";
import { planCreate, planDestroy, planUpdate } from "../../plan/write/planWrite.ts";
import { readArguments } from "../../plan/write/readArguments.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import { actorOf } from "../world/actorOf.ts";
import { isReadable, NotKnown, valueFor } from "../world/environmentOf.ts";
import { isDeleted, type Row, type World } from "../world/World.ts";
import { fieldOf, isReference, worldOf } from "../world/worldOf.ts";
import { againstGiven, againstReferences, againstResult, conflict, refuseSame } from "./checks.ts";
import { type Against, type Doing, holds, refuseAtOnce, refuseFor, seenIn, withValues } from "./Doing.ts";
import { fitted, givenValues, newRecord, requireValues } from "./newRecord.ts";
import type { Done, Outcome, Refused } from "./Outcome.ts";

export interface Simulation {
  readonly outcome: Outcome;
  /** Before the deed; null where the given records are not possible. What was looked at, also later, is in `unsaid`. */
  readonly world: World | null;
}

/** What the runtime would make of a test, worked out without a database; where it is not sure it says so. */
export function simulate(model: Model, test: Pick<AppTest, "given" | "as" | "do">, now: string): Simulation {
  let world: World | null = null;
  try {
    world = worldOf(model, test.given ?? [], now);
    for (const row of world.rows) refuseTwins(world, row, now);
    const actor = actorOf(world, test.as);
    if (actor.kind === "anonymous" && !mayAnything(world.catalog, actor)) refuseAtOnce("unauthenticated", [], "");
    const outcome = new Simulating(world, actor, now).outcome(test.do);
    return { outcome, world };
  } catch (error) {
    if (error instanceof NotKnown) return { outcome: { kind: "unknown", why: error.message }, world };
    if (error instanceof AppError) return { outcome: refusedBy(error), world };
    throw error;
  }
}

/** What is given must itself be possible. */
function refuseTwins(world: World, row: Row, now: string): void {
  try {
    const before = new Set(world.unsaid);
    refuseSame(world, row, { actor: nobody, now });
    for (const field of world.unsaid) if (!before.has(field)) world.unsaid.delete(field);
  } catch (error) {
    if (error instanceof AppError) throw new NotKnown("The given records are not all possible together.");
    throw error;
  }
}

const nobody: Actor = { kind: "anonymous", id: null, roles: [], tenant: null, attributes: {}, unrestricted: false };

function refusedBy(error: AppError): Refused {
  const fields = error.fields.map(({ field }) => field).filter((field) => field !== "");
  return { kind: "refused", code: error.code, fields: [...new Set(fields)] };
}

class Simulating {
  readonly #world: World;
  readonly #actor: Actor;
  readonly #access: Access;
  readonly #now: string;

  constructor(world: World, actor: Actor, now: string) {
    this.#world = world;
    this.#actor = actor;
    this.#access = accessesOf(world.model).of(actor);
    this.#now = now;
  }

  outcome(deed: TestDeed): Outcome {
    switch (deed.kind) {
      case "get":
        return this.#get(deed.row);
      case "list":
        return this.#list(deed);
      case "create":
        return this.#create(deed);
      case "update":
        return this.#update(deed);
      case "destroy":
        return this.#destroy(deed);
    }
  }

  #request(values: RequestContext["arguments"] = {}): RequestContext {
    return { actor: this.#actor, now: this.#now, arguments: values };
  }

  #row(name: string): Row {
    const row = this.#world.named(name);
    if (!row) throw new NotKnown(`No record ${name} is given.`);
    return row;
  }

  #get(name: string): Outcome {
    const row = this.#row(name);
    this.#checkAllowed(row.entity.name, "read");
    const seen = { world: this.#world, request: this.#request() };
    if (isDeleted(row) || !holds(this.#access.rows(row.entity.name, "read"), row, seen))
      refuseAtOnce("not_found", [], "");
    return this.#done(this.#world, row);
  }

  #list(deed: Extract<TestDeed, { kind: "list" }>): Outcome {
    const { resource, action = "read", where, input = {} } = deed;
    this.#checkAllowed(resource, action);
    const entity = this.#world.entity(resource);
    const rules = rulesOf(this.#world.catalog, entity, action);
    const { values, errors } = readArguments(this.#json(input), rules, { model: this.#world.model, now: this.#now });
    if (errors.length > 0) throw new AppError("invalid_input", "Refused.", { fields: errors });
    const asked = { world: this.#world, request: this.#request(values), declared: rules.arguments };
    const filter =
      where === undefined
        ? null
        : typedExpression(this.#world.model, { resource, text: where, expected: { kind: "boolean" } });
    const rows = this.#world.of(resource).filter((row) => {
      if (!holds(this.#access.rows(resource, action), row, asked)) return false;
      return (
        holds(rules.where, row, { ...asked, viewer: this.#viewer() }) &&
        holds(filter, row, { ...asked, viewer: this.#viewer() })
      );
    });
    if (rows.some(({ name }) => name === null))
      throw new NotKnown("The list holds records that the test does not name.");
    return { kind: "rows", rows: rows.flatMap(({ name }) => name ?? []) };
  }

  #viewer(): Access | null {
    return this.#access === fullAccess ? null : this.#access;
  }

  #create({ resource, action, input }: Extract<TestDeed, { kind: "create" }>): Outcome {
    const entity = this.#world.entity(resource);
    const plan = planCreate(this.#json(input, resource), this.#context(resource, action));
    this.#authorize(plan);
    const doing = this.#doing(plan, resource, action);
    const given = givenValues(plan, this.#world);
    const row = newRecord(doing, given, entity.name);
    const world = this.#world.with([...this.#world.rows, row]);
    const before = againstReferences(doing, this.#world, { after: row });
    refuseSame(world, row, doing.request);
    refuseFor([...before, ...againstResult(doing, world, { after: row })]);
    this.#refuseAstray(world, row);
    return this.#done(world, row);
  }

  #update({ row: name, action, input }: Extract<TestDeed, { kind: "update" }>): Outcome {
    const before = this.#row(name);
    const { resource } = before.entity;
    const plan = planUpdate(keyText(before), this.#json(input, resource.name), this.#context(resource.name, action));
    this.#authorize(plan);
    const doing = this.#doing(plan, resource.name, action);
    this.#checkFound(before, doing, action === "restore" ? isDeleted(before) : !isDeleted(before));
    const given = givenValues(plan, this.#world);
    const { row: after, against } = this.#changed(before, doing, given);
    const world = this.#world.with(this.#world.rows.map((row) => (row === before ? after : row)));
    requireValues(after);
    refuseSame(world, after, doing.request);
    refuseFor([...against, ...againstResult(doing, world, { after, before })]);
    return this.#done(world, after);
  }

  #changed(
    before: Row,
    doing: Doing,
    given: ReadonlyMap<string, Value>,
  ): { readonly row: Row; readonly against: readonly Against[] } {
    const { rules } = doing;
    const seen = seenIn(doing, this.#world);
    const { features, states } = before.entity.resource;
    const values = new Map<string, Value>(given);
    for (const { field: name, expression } of rules.set) {
      const field = before.entity.fields.get(name);
      if (field)
        values.set(name, fitted(field, valueFor(expression, before, seen), { world: this.#world, limited: false }));
    }
    const state = states && before.entity.fields.get(states.attribute);
    const at = state ? this.#world.value(before, state) : null;
    const leads = rules.transitions.filter(
      ({ from }) => from.length === 0 || (typeof at === "string" && from.includes(at)),
    );
    const open = leads.find(({ when }) => when === null || valueFor(when, before, seen) === true);
    const against: Against[] = [];
    if (states && rules.transitions.length > 0) {
      if (open) values.set(states.attribute, open.to);
      else against.push({ code: "illegal_transition", field: states.attribute, rule: "state" });
    } else if (states && values.has(states.attribute) && values.get(states.attribute) !== at) {
      against.push({ code: "invalid_input", field: states.attribute, rule: "state" });
    }
    if (rules.name === "restore" && features?.softDelete) values.set("deletedAt", null);
    const changed = withValues(before, values);
    const required = rules.require.filter(({ expression }) => valueFor(expression, before, seen) !== true);
    const references = againstReferences(doing, this.#world, { before, after: changed });
    const fields = againstGiven(doing, this.#world, before);
    return { row: changed, against: [...references, ...against, ...required.map(() => conflict), ...fields] };
  }

  #destroy({ row: name, action, input }: Extract<TestDeed, { kind: "destroy" }>): Outcome {
    const row = this.#row(name);
    const { resource } = row.entity;
    const plan = planDestroy(keyText(row), this.#context(resource.name, action), this.#json(input, resource.name));
    this.#authorize(plan);
    const doing = this.#doing(plan, resource.name, action);
    this.#checkFound(row, doing, !isDeleted(row));
    const seen = seenIn(doing, this.#world);
    const against = doing.rules.require.filter(({ expression }) => valueFor(expression, row, seen) !== true);
    refuseFor(against.map(() => conflict));
    if (resource.features?.softDelete) {
      const gone = withValues(row, new Map([["deletedAt", 1n]]));
      return this.#done(
        this.#world.with(this.#world.rows.map((other) => (other === row ? gone : other))),
        gone,
        this.#world,
      );
    }
    return this.#done(this.#world.with(without(this.#world, row)), row, this.#world);
  }

  /** A record that is not found, or may not be changed. */
  #checkFound(row: Row, doing: Doing, isThere: boolean): void {
    const seen = seenIn(doing, this.#world);
    const { name } = row.entity;
    const isVisible = holds(this.#access.rows(name, "read"), row, seen);
    if (isThere && isVisible && holds(this.#access.rows(name, doing.rules.name), row, seen)) return;
    refuseAtOnce(isVisible && !isDeleted(row) && this.#access !== fullAccess ? "forbidden" : "not_found", [], "");
  }

  #checkAllowed(resource: string, action: string): void {
    if (!isDenied(this.#access, resource, action)) return;
    refuseAtOnce(this.#actor.kind === "anonymous" ? "unauthenticated" : "forbidden", [], "");
  }

  #authorize(plan: WritePlan): void {
    if (plan.nested) throw new NotKnown("Other records are made with it.");
    if ("links" in plan.shape && plan.shape.links.length > 0) throw new NotKnown("Links are changed with it.");
    authorize(this.#world.catalog, this.#actor, plan);
  }

  #context(resource: string, action: string) {
    const standard = action === "create" || action === "update" || action === "destroy";
    const { catalog } = this.#world;
    const entity = this.#world.entity(resource);
    return { catalog, entity, selection: [], actor: this.#actor, ...(standard ? {} : { action }) };
  }

  #doing(plan: WritePlan, resource: string, action: string): Doing {
    const rules = rulesOf(this.#world.catalog, this.#world.entity(resource), action);
    const given = "given" in plan.shape ? (plan.shape.given ?? []) : [];
    return { world: this.#world, request: this.#request(plan.arguments), access: this.#access, rules, given };
  }

  /** The input as a caller sends it: records by their keys. */
  #json(input: TestInput, resource?: string): Readonly<Record<string, unknown>> {
    const entity = resource === undefined ? null : this.#world.entity(resource);
    const entries = Object.entries(input).map(([name, value]) => {
      const relationship = entity?.relationships.get(name);
      const field =
        relationship?.kind === "belongsTo" && (value === null || isReference(value))
          ? foreignKeyField(relationship)
          : name;
      return [field, isReference(value) ? keyJson(this.#row(value.row)) : value];
    });
    return parseExactJson(JSON.stringify(Object.fromEntries(entries))) as Readonly<Record<string, unknown>>;
  }

  /** A key that leads nowhere, where no policy says so. */
  #refuseAstray(world: World, row: Row): void {
    for (const { name, reference } of row.entity.fields.values()) {
      const key = row.values.get(name) ?? null;
      const isThere =
        key === null ||
        !reference ||
        world.rows.some((other) => other.entity.name === reference.target && other.values.get("id") === key);
      if (!isThere) refuseAtOnce("invalid_input", [name], "exists");
    }
  }

  #done(after: World, row: Row, looked = after): Done {
    const seen = { world: looked, request: this.#request(), viewer: this.#viewer() };
    return {
      kind: "done",
      entity: row.entity,
      after,
      isSeen: () => this.#viewer() === null || isReadable(row, seen),
      shown: (field) => shownField(row, field, seen),
    };
  }
}

function shownField(row: Row, name: string, seen: Parameters<typeof isReadable>[1]): Value {
  const field = fieldOf(row.entity, name)?.name ?? name;
  const type = { kind: "text" } as const;
  const record = { root: "record", relationships: [], resource: row.entity.name };
  return valueFor({ kind: "field", type, record, field, members: [] }, row, seen);
}

function keyText(row: Row): string {
  return String(row.values.get("id"));
}

function keyJson(row: Row): string | number {
  const key = row.values.get("id") ?? null;
  return typeof key === "bigint" && row.entity.key.type.kind === "integer" ? Number(key) : String(key);
}

/** The records that stay when one is deleted for good. */
function without(world: World, gone: Row): readonly Row[] {
  let rows: readonly Row[] = world.rows.filter((row) => row !== gone);
  for (const { name } of world.model.resources) {
    const entity = world.entity(name);
    for (const field of entity.fields.values()) {
      if (field.reference?.target !== gone.entity.name) continue;
      const referring = rows.filter(
        (row) => row.entity.name === name && world.value(row, field) === gone.values.get("id"),
      );
      const rule: OnDelete = field.reference.onDelete;
      if (referring.length > 0 && rule === "restrict") refuseAtOnce("conflict", [], "");
      if (rule === "setNull")
        rows = rows.map((row) => (referring.includes(row) ? withValues(row, new Map([[field.name, null]])) : row));
      if (rule !== "cascade") continue;
      for (const row of referring) rows = rows.includes(row) ? without(world.with([...rows]), row) : rows;
    }
  }
  return rows;
}
