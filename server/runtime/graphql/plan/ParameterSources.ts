import type { ParameterRef, ParameterValue } from "#lib/plan/types.ts";
import type { CoercedValues } from "./Held.ts";

/** Reads the parameter of a plan from the variables of a request; undefined where their value is none for it. */
export type ParameterReader = (variables: CoercedValues) => ParameterValue | undefined;

export type ParameterSource = ParameterValue | ParameterReader;

/** Where the parameters of a plan come from: written in the document, or read from the variables of each request. */
export class ParameterSources {
  readonly all: ParameterSource[] = [];

  add(source: ParameterSource): ParameterRef {
    return this.all.push(source) - 1;
  }
}

/** The parameters for the variables of one request; null where one of them has a value that is none. */
export function fillParameters(
  sources: readonly ParameterSource[],
  variables: CoercedValues,
): readonly ParameterValue[] | null {
  const values: ParameterValue[] = [];
  for (const source of sources) {
    const value = typeof source === "function" ? source(variables) : source;
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}
