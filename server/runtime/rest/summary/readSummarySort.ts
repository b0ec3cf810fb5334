import type { SummaryPlanning } from "#lib/plan/read/summary/SummaryPlanning.ts";
import type { GroupRef } from "#lib/plan/types.ts";
import type { QueryContext } from "../query/QueryContext.ts";
import { namesMeasure, readMeasure } from "./readMeasures.ts";

interface Sorting {
  readonly planning: SummaryPlanning;
  readonly context: QueryContext;
  readonly groups: ReadonlyMap<string, GroupRef>;
}

/** `-sum(amount),stage`: by measures and by what is grouped by. */
export function readSummarySort(text: string | undefined, { planning, context, groups }: Sorting): void {
  for (const term of text === undefined ? [] : text.split(",")) {
    const descending = term.startsWith("-");
    const name = descending ? term.slice(1) : term;
    const group = groups.get(name);
    if (group !== undefined) planning.order({ kind: "group", group, descending }, "sort");
    else if (namesMeasure(name)) {
      const read = readMeasure(name, "sort", { planning, context });
      if (read) planning.order({ kind: "measure", measure: read.measure, descending }, "sort");
    } else {
      const allowed = [...groups.keys(), "count", "sum(field)", "avg(field)", "min(field)", "max(field)"];
      const message = "Sort groups by a measure, or by what they are grouped by.";
      context.errors.push({ field: "sort", rule: "unknown", message, allowed });
    }
  }
}
