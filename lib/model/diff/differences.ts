import type { Difference } from "./ModelChange.ts";

/** The options of `after` that are not those of `before`, in the order given. Texts are compared as people read them. */
export function differences(
  options: readonly (readonly [option: string, before: string | null, after: string | null])[],
): readonly Difference[] {
  return options
    .filter(([, before, after]) => before !== after)
    .map(([option, before, after]) => ({ option, before, after }));
}

/** A switch that is off is as good as not set. */
export const flag = (on: boolean) => (on ? "true" : null);

export const text = (value: string | number | undefined) => (value === undefined ? null : String(value));
