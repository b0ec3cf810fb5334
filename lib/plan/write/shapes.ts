import type { FieldValue, Selection, WriteShape } from "../types.ts";

const shapes = new WeakMap<Selection, Map<string, WriteShape>>();
const maxShapes = 200;

/** One object for equal shapes with the same selection, so that what is kept by shape is found at once. */
export function knownShape(selection: Selection, name: string, make: () => WriteShape): WriteShape {
  let byName = shapes.get(selection);
  if (!byName || byName.size > maxShapes) {
    byName = new Map();
    shapes.set(selection, byName);
  }
  const shape = byName.get(name) ?? make();
  byName.set(name, shape);
  return shape;
}

export function fieldValues(fields: readonly string[], first: number): readonly FieldValue[] {
  return fields.map((field, index) => ({ field, parameter: first + index }));
}
