import { actionsOf } from "../actions/actionsOf.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { ActionStep, ChangeStart, Process, Step } from "../processTypes.ts";
import type { Model } from "../types.ts";
import { stepLists } from "./stepsWithin.ts";

/** That a run of one process can begin one of another. */
export interface TriggerEdge {
  readonly from: string;
  readonly to: string;
  /** Whether it does so under a condition only. */
  readonly guarded: boolean;
  /** How, after the name of `from`: "updates Deal (`close`)". */
  readonly by: string;
  /** Of the step. */
  readonly path: readonly string[];
}

/** Which processes start which: by calling them, and by changes of records that they start by. */
export function triggerGraph({ processes = [], ...model }: Model): readonly TriggerEdge[] {
  const whole = { processes, ...model };
  return processes.flatMap((process) =>
    reached(process.steps, false).flatMap(({ step, guarded }): readonly TriggerEdge[] => {
      const base = { from: process.name, path: ["processes", process.name, "steps", step.name] };
      if (step.kind === "process") return [{ ...base, to: step.process, guarded, by: `runs it (\`${step.name}\`)` }];
      if (step.kind !== "action") return [];
      return startedBy(whole, processes, step).map(({ to, isConditional }) => ({
        ...base,
        to,
        guarded: guarded || isConditional,
        by: `does \`${step.action}\` to ${step.resource} (\`${step.name}\`)`,
      }));
    }),
  );
}

/** Every step, and whether it is come to under a condition only, or only after a failure. */
function reached(
  steps: readonly Step[],
  guarded: boolean,
): readonly { readonly step: Step; readonly guarded: boolean }[] {
  return steps.flatMap((step) => {
    const now = guarded || step.when !== undefined;
    const always = step.kind === "parallel";
    return [
      { step, guarded: now },
      ...stepLists(step).flatMap(({ at, steps: inner }) => reached(inner, now || !(always && at[0] === "branches"))),
    ];
  });
}

function startedBy(model: Model, processes: readonly Process[], step: ActionStep) {
  return processes.flatMap(({ name, starts = [] }) =>
    starts.flatMap((start) => {
      if (start.kind !== "change" || !isStartedBy(model, start, step)) return [];
      return [{ to: name, isConditional: start.when !== undefined || start.fields !== undefined }];
    }),
  );
}

/** Whether what the step does can be a change of the start. */
function isStartedBy(model: Model, { resource, actions, fields }: ChangeStart, step: ActionStep): boolean {
  if (resource !== step.resource) return false;
  const found = resourceNamed(model, resource);
  const action = found && actionsOf(found).find(({ name }) => name === step.action);
  if (!found || !action) return false;
  if (actions && !actions.includes(action.name) && !actions.includes(action.type)) return false;
  if (!fields || action.type !== "update") return true;
  const keys = new Map(
    found.relationships.flatMap((relationship) =>
      relationship.kind === "belongsTo" ? [[relationship.name, foreignKeyField(relationship)] as const] : [],
    ),
  );
  const moved = found.states?.transitions.some((transition) => transition.action === action.name);
  const changed = [
    ...(step.input ?? []).map(({ name }) => keys.get(name) ?? name),
    ...(action.set ?? []).map(({ field }) => keys.get(field) ?? field),
    ...(moved && found.states ? [found.states.attribute] : []),
    ...["updatedAt", "version"],
    ...(action.name === "restore" ? ["deletedAt"] : []),
  ];
  return fields.some((field) => changed.includes(field));
}
