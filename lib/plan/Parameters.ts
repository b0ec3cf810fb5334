import type { ParameterRef, ParameterValue } from "./types.ts";

/** Gathers a plan's parameters while its shape is built. */
export class Parameters {
  readonly values: ParameterValue[] = [];

  add(value: ParameterValue): ParameterRef {
    return this.values.push(value) - 1;
  }
}
