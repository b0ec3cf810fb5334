import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { FindStep, SelectStep } from "#lib/model/processTypes.ts";
import { valuesBelow } from "#lib/model/runs/slotsOf.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { processActor } from "#lib/plan/access/actors.ts";
import { type Entity, readableOf } from "#lib/plan/catalog/Catalog.ts";
import { completeOrder } from "#lib/plan/read/completeOrder.ts";
import { defaultOrder } from "#lib/plan/read/defaultOrder.ts";
import type { Condition, ParameterValue, Plan, ReadManyShape } from "#lib/plan/types.ts";
import { readAttribute } from "#lib/plan/values/readAttribute.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import { readArguments } from "#lib/plan/write/readArguments.ts";
import { refuse } from "#lib/plan/write/refuse.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { StepError } from "../StepError.ts";
import { entityOf, plainSelection } from "./plainSelection.ts";
import type { StepDoing } from "./StepDoing.ts";

const defaultLimit = 100;

/** Looks records up. */
export async function performRead(doing: StepDoing, step: FindStep | SelectStep): Promise<Performed> {
  const { environment, run } = doing.held;
  const plan = step.kind === "find" ? planFind(doing, step) : planSelect(doing, step);
  const json = plan && (await environment.run(processActor(run.process), plan));
  const result: JsonValue = json ? JSON.parse(Buffer.from(json).toString("utf8")) : null;
  return { kind: "done", result };
}

function planFind({ held, work: { values } }: StepDoing, step: FindStep): Plan | null {
  const { app } = held.environment;
  const entity = entityOf(app, step.resource);
  const { key: given } = values;
  const key = typeof given === "string" || typeof given === "number" ? readKey(entity, String(given)) : null;
  const shape = { kind: "one", resource: entity.name, key: 0, selection: plainSelection(app, entity) } as const;
  return key === null ? null : { shape, parameters: [key] };
}

function planSelect({ held, work: { values } }: StepDoing, step: SelectStep): Plan {
  const { app } = held.environment;
  const entity = entityOf(app, step.resource);
  const now = new Date().toISOString();
  const parameters: ParameterValue[] = [];
  const conditions = Object.entries(valuesBelow(values, "where")).map(([name, value]): Condition => {
    const field = readableOf(entity, fieldName(entity, name));
    if (!field) throw new StepError("unknown_field", `${entity.name} has no ${name} any more.`, { isLasting: true });
    const path = [field.name];
    if (value === null) return { kind: "isNull", path, negated: false };
    const reading = readAttribute({ type: field.type }, value, app.model);
    if (!("text" in reading)) {
      const [refusal] = reading.refusals;
      throw new StepError("invalid_input", `${name}: ${refusal?.message ?? "Give another value."}`, {
        isLasting: true,
      });
    }
    parameters.push(reading.text);
    return { kind: "compare", path, operator: "eq", parameter: parameters.length - 1 };
  });
  const order = step.order
    ? completeOrder(step.order.map(({ name, descending }) => ({ path: [fieldName(entity, name)], descending })))
    : defaultOrder(entity);
  const shape: ReadManyShape = {
    kind: "many",
    resource: entity.name,
    ...(step.action !== undefined && step.action !== "read" && { action: step.action }),
    list: {
      where: conditions.length === 0 ? null : { kind: "and", conditions },
      order,
      page: { size: step.limit ?? defaultLimit, fromEnd: false, after: null, before: null },
      output: { kind: "array", selection: plainSelection(app, entity) },
    },
  };
  const rules = rulesOf(app.catalog, entity, step.action ?? "read");
  const read = readArguments(valuesBelow(values, "arguments"), rules, { model: app.model, now });
  refuse(read.errors);
  return { shape, parameters, ...(rules.arguments.length > 0 && { arguments: read.values }), now };
}

/** A belongsTo by its name stands for its key. */
function fieldName(entity: Entity, name: string): string {
  const relationship = entity.relationships.get(name);
  return relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : name;
}
