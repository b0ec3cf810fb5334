import { measureFunctions } from "#lib/plan/read/summary/measureType.ts";
import type { SummaryPlanning } from "#lib/plan/read/summary/SummaryPlanning.ts";
import type { MeasureFunction, MeasureRef } from "#lib/plan/types.ts";
import type { QueryContext } from "../query/QueryContext.ts";

/** A measure as it is to be shown: `count`, or under its function by the name of its field. */
export interface ShownMeasure {
  readonly function: MeasureFunction;
  /** Such as `company.size`; empty for the count. */
  readonly field: string;
  readonly measure: MeasureRef;
}

/** `count,sum(amount),max(company.size)` */
export function readMeasures(text: string, planning: SummaryPlanning, context: QueryContext): readonly ShownMeasure[] {
  const shown = new Map<string, ShownMeasure>();
  for (const name of text.split(",")) {
    const read = readMeasure(name, "measure", { planning, context });
    if (read) shown.set(name, read);
  }
  return [...shown.values()];
}

interface Reading {
  readonly planning: SummaryPlanning;
  readonly context: QueryContext;
}

const measureShape = /^([A-Za-z]+)(?:\(([^()]+)\))?$/;

/** One measure by its name; `place` is the caller's name of where it stands. */
export function readMeasure(name: string, place: string, { planning, context }: Reading): ShownMeasure | null {
  const [, word = "", field] = measureShape.exec(name) ?? [];
  const of = measureFunctions.find((each) => each === word);
  if (of === undefined) {
    const allowed = measureFunctions.map((each) => (each === "count" ? each : `${each}(field)`));
    context.unknown(place, word === "" ? name : word, { what: "measure", allowed });
    return null;
  }
  if (of === "count" && field === undefined) {
    const measure = planning.count(place);
    return measure === null ? null : { function: of, field: "", measure };
  }
  if (of === "count" || field === undefined) {
    const message = of === "count" ? "Write count without a field." : `Name a field: ${of}(field).`;
    context.refuse(place, "syntax", message);
    return null;
  }
  const measure = planning.measure(of, { path: field.split("."), place });
  return measure === null ? null : { function: of, field, measure };
}

/** Whether a name is meant for a measure; fields have no brackets. */
export function namesMeasure(name: string): boolean {
  return name === "count" || name.includes("(");
}
