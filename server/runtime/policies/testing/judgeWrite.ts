import { expect } from "vitest";
import { type Catalog, type Entity, readableFields } from "#lib/plan/catalog/Catalog.ts";
import { Parameters } from "#lib/plan/Parameters.ts";
import type { Actor, Selection, SelectionMember, WritePlan } from "#lib/plan/types.ts";
import { planDestroyMany, planUpdateMany } from "#lib/plan/write/planMany.ts";
import { planUpsert } from "#lib/plan/write/planUpsert.ts";
import { planCreate, planCreateMany, planDestroy, planUpdate } from "#lib/plan/write/planWrite.ts";
import type { WriteContext } from "#lib/plan/write/WriteContext.ts";
import { Eyes } from "./Eyes.ts";
import { expectedWrite } from "./expectedWrite.ts";
import { entityOf, type WriteRequest } from "./randomWrite.ts";
import type { Stage } from "./Stage.ts";
import { stored, type World } from "./World.ts";

export interface WriteCase {
  readonly stage: Stage;
  readonly world: World;
  readonly actor: Actor;
  readonly request: WriteRequest;
  /** Also shows a related record, which takes a second statement. */
  readonly withRelated: boolean;
}

/** Makes a change and compares its answer, and all records after it, with the oracle's; answers the new world. */
export async function judgeWrite({ stage, world, actor, request, withRelated }: WriteCase): Promise<World | null> {
  const { catalog, database } = stage;
  const entity = entityOf(stage, request);
  const selection = selectionOf(entity, request, withRelated);
  const expected = expectedWrite(request, { catalog, world, actor, selection });
  const outcome = await stage.ask(actor, planOf(request, { catalog, entity, selection, actor }));
  const now = await stored(catalog, database);
  if ("refused" in outcome || outcome.json === undefined) {
    const code = "refused" in outcome ? outcome.refused.code : "not_found";
    // A change of many that finds nothing may be refused all the same, where policies allow it with no record.
    const isIdle = JSON.stringify(expected.answer) === JSON.stringify({ affected: 0 });
    const isContested = expected.contested && ["conflict", "forbidden", "forbidden_field"].includes(code);
    if (!isIdle && !isContested) expect([...expected.reasons], `refused with ${code}`).not.toEqual([]);
    // Who may do nothing at all, or never set a field, is told that first: it says nothing of any record.
    const early =
      ["unauthenticated", "forbidden"].includes(code) ||
      (code === "forbidden_field" && setsForbidden(request, { catalog, world, actor }));
    if (!isIdle && !isContested && !early) expect([...expected.reasons]).toContain(code);
    expect(now.print()).toBe(world.print());
    return null;
  }
  expect([...expected.reasons]).toEqual([]);
  expect(now.print()).toBe(expected.world.print());
  expect(outcome.json).toEqual(expected.answer);
  return expected.world;
}

/** Whether a change sets a field that the actor may set in no record there is. */
function setsForbidden(
  request: WriteRequest,
  view: { readonly catalog: Catalog; readonly world: World; readonly actor: Actor },
): boolean {
  const inputs = "input" in request ? [request.input] : "inputs" in request ? request.inputs : [];
  const eyes = new Eyes(view);
  const names = new Set(inputs.flatMap((input) => Object.keys(input)));
  return [...names].some((name) => view.world.all(request.resource).every((row) => !eyes.mayField(row, name, "write")));
}

function selectionOf(entity: Entity, { kind }: WriteRequest, withRelated: boolean): Selection {
  const fields = kind === "destroy" ? [...entity.fields.values()] : readableFields(entity);
  const shown = fields.map(({ name }): SelectionMember => ({ kind: "field", as: name, field: name }));
  const reference = [...entity.relationships.values()].find((relationship) => relationship.kind === "belongsTo");
  if (!reference || !withRelated || (kind !== "create" && kind !== "update" && kind !== "upsert")) return shown;
  const selection = [{ kind: "field", as: "id", field: "id" }] as const;
  return [...shown, { kind: "one", as: reference.name, relationship: reference.name, selection }];
}

function planOf(request: WriteRequest, context: WriteContext): WritePlan {
  switch (request.kind) {
    case "create":
      return planCreate(request.input, context);
    case "createMany":
      return planCreateMany(request.inputs, context);
    case "upsert":
      return planUpsert(["code"], request.input, context);
    case "update":
      return planUpdate(request.key, request.input, context);
    case "destroy":
      return planDestroy(request.key, context);
    case "updateMany":
    case "destroyMany": {
      const parameters = new Parameters();
      parameters.add(request.operand);
      const target = { kind: "filter", where: request.where, parameters: parameters.values, limit: 1000 } as const;
      return request.kind === "updateMany"
        ? planUpdateMany(target, request.input, context)
        : planDestroyMany(target, {}, context);
    }
  }
}
