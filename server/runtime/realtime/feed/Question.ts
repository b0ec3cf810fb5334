import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, Condition, ParameterValue, ReadChangesShape, ReadPlan, Selection } from "#lib/plan/types.ts";

/** What a reader wants to know of the changes of one resource. */
export interface Question {
  readonly actor: Actor;
  readonly entity: Entity;
  /** Only records that fulfil it are in sight; its values are among the parameters. */
  readonly where: Condition | null;
  readonly selection: Selection;
  readonly parameters: readonly ParameterValue[];
}

/** The shape by which a question is asked of changes. */
export function shapeOf({ entity, where, selection, parameters }: Question): ReadChangesShape {
  const first = parameters.length;
  return {
    kind: "changes",
    resource: entity.name,
    changes: { ids: first, from: first + 1, to: first + 2 },
    where,
    selection,
  };
}

export interface AskedChanges {
  readonly ids: readonly string[];
  /** Of the transactions that they stand under. */
  readonly from: string;
  readonly to: string;
}

export function planOf(shape: ReadChangesShape, question: Question, { ids, from, to }: AskedChanges): ReadPlan {
  return { shape, parameters: [...question.parameters, ids, from, to] };
}
