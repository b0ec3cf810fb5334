import { spokenName } from "../../model/naming/spokenName.ts";
import { replacedAt } from "../propose/without.ts";
import type { Mutants } from "./Mutants.ts";

/** Values that are not worked out, or of other records. */
export function computedMutants(into: Mutants): void {
  const { calculations = [], aggregates = [] } = into.resource;
  calculations.forEach((calculation, index) => {
    const sentence = `The ${spokenName(calculation.name)} of ${into.one} is never worked out.`;
    const change = { calculations: replacedAt(calculations, index, { ...calculation, expression: "null" }) };
    into.add({
      kind: "calculation",
      part: ["calculations", calculation.name],
      sentence,
      change,
      sameTables: calculation.column === undefined,
    });
  });
  aggregates.forEach((aggregate, index) => {
    const sameTables = aggregate.column === undefined;
    const sentence = `The ${spokenName(aggregate.name)} of ${into.one} is of no records.`;
    const change = (where: string) => ({ aggregates: replacedAt(aggregates, index, { ...aggregate, where }) });
    const part = ["aggregates", aggregate.name];
    into.add({ kind: "aggregate", part, sentence, change: change("false"), sameTables });
    if (aggregate.where === undefined) return;
    const all = `The ${spokenName(aggregate.name)} of ${into.one} is of all records, not only where \`${aggregate.where}\`.`;
    into.add({ kind: "aggregate", part, sentence: all, change: change("true"), drops: false, sameTables });
  });
}
