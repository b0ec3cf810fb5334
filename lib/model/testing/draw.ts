import type { GeneratorValue } from "fast-check";
import * as fc from "fast-check";

/** Draws values of a property test: `fc.gen()`. */
export type Draw = GeneratorValue;

/** True once in `times`. */
export function chance(draw: Draw, times: number): boolean {
  return draw(fc.nat, { max: times - 1 }) === 0;
}

export function oneOf<T>(values: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

/** A property that is there now and then. */
export function optional<K extends string, T>(
  draw: Draw,
  key: K,
  arbitrary: () => fc.Arbitrary<T>,
): { readonly [key in K]?: T } {
  const entry: { [key in K]?: T } = {};
  if (chance(draw, 4)) entry[key] = draw(arbitrary);
  return entry;
}
