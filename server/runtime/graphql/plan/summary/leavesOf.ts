import { maxDepth } from "#lib/plan/read/limits.ts";
import type { FieldPath } from "#lib/plan/types.ts";
import type { Planning } from "../Planning.ts";

/** A value at the end of nested inputs that name a field: `{company: {city: VALUE}}`. */
export interface Leaf {
  readonly path: FieldPath;
  readonly value: unknown;
  /** The caller's name of it, such as `groupBy.0.company.city`. */
  readonly place: string;
}

interface Nested {
  readonly place: string;
  readonly planning: Planning;
  /** Whether a path ends there, though its value is an object. */
  readonly endsAt?: (path: FieldPath) => boolean;
}

/** All fields that an input names, each with its value; those that are null are left out. */
export function leavesOf(input: unknown, nested: Nested, path: FieldPath = []): readonly Leaf[] {
  const { place, planning, endsAt } = nested;
  if (input === null || input === undefined) return [];
  if (typeof input !== "object" || endsAt?.(path)) return [{ path, value: input, place }];
  if (path.length > maxDepth) {
    planning.refuse({ field: place, rule: "maxDepth", message: `Follow at most ${maxDepth - 1} relationships.` });
    return [];
  }
  return Object.entries(input).flatMap(([name, value]) =>
    leavesOf(value, { ...nested, place: `${place}.${name}` }, [...path, name]),
  );
}

/** The one field that an object of a list names, since the members of an object have no order. */
export function oneLeafOf(input: unknown, nested: Nested): Leaf | null {
  const [leaf, ...more] = leavesOf(input, nested);
  if (leaf && more.length === 0) return leaf;
  const message = "Give exactly one field in each object, the first one first.";
  nested.planning.refuse({ field: nested.place, rule: "shape", message });
  return null;
}
