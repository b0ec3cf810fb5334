import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { ActionStep } from "#lib/model/processTypes.ts";
import { valuesBelow } from "#lib/model/runs/slotsOf.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { processActor } from "#lib/plan/access/actors.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { WritePlan } from "#lib/plan/types.ts";
import { planCreate, planDestroy, planUpdate, readKey } from "#lib/plan/write/planWrite.ts";
import { setCause } from "../../events/tellEvents.ts";
import { failureKind } from "../../exec/failureKinds.ts";
import { runStatement } from "../../exec/runStatement.ts";
import { StepError } from "../StepError.ts";
import { causeOf } from "./causeOf.ts";
import { entityOf, plainSelection } from "./plainSelection.ts";
import type { StepDoing } from "./StepDoing.ts";

const tries = 4;

/** Does an action: the change and the note of its result are there together or not at all. */
export async function performAction(doing: StepDoing, step: ActionStep): Promise<Performed> {
  const { held, work } = doing;
  const { environment, run } = held;
  const { database } = environment;
  const actor = processActor(run.process);
  let made: Performed | null = null;
  for (let attempt = 1; made === null; attempt++) {
    // Values of the moment, such as keys that are made, are new ones with each try.
    const { plan, isDestroy } = planOf(doing, step);
    try {
      await held.transaction(async (sql) => {
        const session = { answer: (call: Parameters<typeof runStatement>[1]) => runStatement(sql, call) };
        // After a statement that no longer fits, as after a deploy, none is taken as it was.
        const change = environment.runWithin(session, { prepare: attempt === 1 });
        const [, json] = await Promise.all([setCause(sql, causeOf(run)), change(actor, plan)]);
        if (json === null) throw new StepError("not_found", `There is no such ${step.resource}.`, { isLasting: true });
        const result = isDestroy ? null : recordOf(plan, JSON.parse(Buffer.from(json).toString("utf8")));
        const note = work.succeeded(result);
        made = { kind: "done", result, note };
        database.afterCommit(sql, environment.engine.poke);
        return [note];
      });
    } catch (error) {
      made = null;
      if (attempt >= tries || !mayTryAgain(error)) throw error;
    }
  }
  return made;
}

/** Where nothing was done because of others, or of a statement that was kept. */
function mayTryAgain(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const kind = failureKind(cause);
  return kind === "stale" || kind === "contention";
}

function planOf(
  { held, work: { values } }: StepDoing,
  step: ActionStep,
): { readonly plan: WritePlan; readonly isDestroy: boolean } {
  const { app } = held.environment;
  const entity = entityOf(app, step.resource);
  const action = actionsOf(entity.resource).find(({ name }) => name === step.action);
  if (!action || action.type === "read") {
    throw new StepError("not_found", `${entity.name} has no action ${step.action} any more.`, { isLasting: true });
  }
  const input = inputOf(entity, valuesBelow(values, "input"));
  const context = {
    catalog: app.catalog,
    entity,
    selection: plainSelection(app, entity),
    actor: processActor(held.run.process),
    ...(!isStandardAction(action.name) && { action: action.name }),
  };
  if (action.type === "create") return { plan: planCreate(input, context), isDestroy: false };
  const key = keyOf(entity, values.key);
  if (action.type === "update") return { plan: planUpdate(key, input, context), isDestroy: false };
  return { plan: planDestroy(key, { ...context, selection: [] }, input), isDestroy: true };
}

/** A belongsTo may stand under its own name, with a key. */
function inputOf(entity: Entity, values: Readonly<Record<string, JsonValue>>): Record<string, JsonValue> {
  const entries = Object.entries(values).map(([name, value]): [string, JsonValue] => {
    const relationship = entity.relationships.get(name);
    return [relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : name, value];
  });
  return Object.fromEntries(entries);
}

/** A key as plans have it; without one there is no record. */
function keyOf(entity: Entity, value: JsonValue | undefined): string {
  const key = typeof value === "string" || typeof value === "number" ? readKey(entity, String(value)) : null;
  if (key === null) throw new StepError("not_found", `There is no such ${entity.name}.`, { isLasting: true });
  return key;
}

function recordOf({ shape }: WritePlan, json: JsonValue): JsonValue {
  if (shape.kind !== "upsert") return json;
  return typeof json === "object" && json !== null && "record" in json ? (json.record ?? null) : null;
}
