import { closest } from "#lib/expression/closest.ts";
import { measureOperators, type SummaryPlanning } from "#lib/plan/read/summary/SummaryPlanning.ts";
import { isRefusal, readText } from "#lib/plan/values/readValue.ts";
import type { QueryContext } from "../query/QueryContext.ts";
import type { OperandReader } from "../query/readFilter.ts";
import { readMeasure } from "./readMeasures.ts";

interface HavingPair {
  /** The whole name, such as `having[sum(amount)][gte]`. */
  readonly name: string;
  readonly parameter: number;
}

interface Reading {
  readonly planning: SummaryPlanning;
  readonly context: QueryContext;
  readonly readers: Map<number, OperandReader>;
}

const nameShape = /^having\[([^[\]]+)\](?:\[([^[\]]*)\])?$/;

/** `having[count][gte]=3`: only groups of which it is true. Fills the reader of its operand. */
export function readHaving({ name, parameter }: HavingPair, { planning, context, readers }: Reading): void {
  const [, measured, word = "eq"] = nameShape.exec(name) ?? [];
  if (measured === undefined) {
    context.refuse(name, "syntax", "Write a condition on groups as having[measure][operator]=value.");
    return;
  }
  const read = readMeasure(measured, name, { planning, context });
  const operator = measureOperators.find((each) => each === word);
  if (operator === undefined) {
    const meant = closest(word, measureOperators);
    const message = meant ? `Did you mean ${meant}?` : `Groups cannot be compared by ${word}.`;
    context.errors.push({ field: name, rule: "operator", message, allowed: measureOperators });
  }
  if (!read || operator === undefined) return;
  const type = planning.typeOf(read.measure);
  readers.set(parameter, (text) => {
    const result = readText(type, text);
    return isRefusal(result) ? result : { value: result.text };
  });
  planning.having({ measure: read.measure, operator, parameter, place: name });
}
