import type { Reference } from "../../expression/Reference.ts";
import { checkedExpression } from "../expressions/checkedExpression.ts";
import type { ExpressionSlot } from "../expressions/ExpressionSlot.ts";
import { placedExpression } from "../expressions/expressionsOf.ts";
import { mapExpressions, mapValueObject } from "../expressions/mapExpressions.ts";
import { mapSame } from "../expressions/mapSame.ts";
import { checkedProcessExpression, processExpression } from "../processes/expressionsOfProcess.ts";
import { mapProcess } from "../processes/mapProcess.ts";
import type { Process } from "../processTypes.ts";
import type { Model } from "../types.ts";

/** What a name in an expression is called from now on; null where it keeps its name. Those of processes have no slot. */
export type NewName = (reference: Reference, slot: ExpressionSlot | null) => string | null;

/** The model with other names in its expressions; nothing else in their texts changes. */
export function renameInExpressions(model: Model, newName: NewName): Model {
  const map = (text: string, slot: ExpressionSlot) => {
    const { references } = checkedExpression(placedExpression(model, text, slot));
    return rewritten(text, references, (reference) => newName(reference, slot));
  };
  const resources = mapSame(model.resources, (resource) => mapExpressions(model, resource, map));
  const { valueObjects } = model;
  const objects = valueObjects && mapSame(valueObjects, (object) => mapValueObject(object, map));
  const processes = model.processes && mapSame(model.processes, (process) => renameInProcess(model, process, newName));
  if (resources === model.resources && objects === valueObjects && processes === model.processes) return model;
  return { ...model, resources, ...(objects ? { valueObjects: objects } : {}), ...(processes ? { processes } : {}) };
}

/** A process with other names in its expressions; the same object when nothing changed. */
export function renameInProcess(model: Model, process: Process, newName: NewName): Process {
  return mapProcess(process, (text, slot) => {
    const { references } = checkedProcessExpression(processExpression(model, process, { text, slot }));
    return rewritten(text, references, (reference) => newName(reference, null));
  });
}

/** The text with other names where the references stand; null keeps a name. */
export function rewritten(
  text: string,
  references: readonly Reference[],
  newName: (reference: Reference) => string | null,
): string {
  return references.reduceRight((current, reference) => {
    const name = newName(reference);
    if (name === null) return current;
    const { start, end } = reference;
    const written = current.slice(start, end);
    const quote = /^['"]/.exec(written)?.[0] ?? "";
    return current.slice(0, start) + quote + name + quote + current.slice(end);
  }, text);
}
