import type { Model, ValueObject } from "../types.ts";
import { diffAttributes } from "./diffAttributes.ts";
import type { Pairing } from "./identity.ts";
import { pairUp } from "./identity.ts";
import type { ModelChange } from "./ModelChange.ts";

/**
 * Value objects have no stored name: those of one name are the same, and one that is gone is the one that came with the
 * very same parts, so that a rename shows as such.
 */
export function pairValueObjects(before: Model, after: Model): Pairing<ValueObject> {
  const byName = pairUp(
    { before: before.valueObjects ?? [], after: after.valueObjects ?? [] },
    { before: ({ name }) => name, after: ({ name }) => name },
  );
  const hasParts = ({ attributes }: ValueObject) => attributes.length > 0;
  const parts = ({ attributes }: ValueObject) => JSON.stringify(attributes);
  const renamed = pairUp(
    { before: byName.removed.filter(hasParts), after: byName.added.filter(hasParts) },
    { before: parts, after: parts },
  );
  const gone = new Set(renamed.kept.map((pair) => pair.before));
  const came = new Set(renamed.kept.map((pair) => pair.after));
  return {
    removed: byName.removed.filter((valueObject) => !gone.has(valueObject)),
    added: byName.added.filter((valueObject) => !came.has(valueObject)),
    kept: [...byName.kept, ...renamed.kept],
  };
}

/** What value objects are called now, by their old names. */
export function valueObjectNames({ kept }: Pairing<ValueObject>): (name: string) => string {
  const names = new Map(kept.map((pair) => [pair.before.name, pair.after.name]));
  return (name) => names.get(name) ?? name;
}

/** What became of the value objects of a model. */
export function diffValueObjects(pairs: Pairing<ValueObject>): readonly ModelChange[] {
  const nameNow = valueObjectNames(pairs);
  return [
    ...pairs.removed.map(
      (valueObject) => ({ kind: "valueObjectRemoved", path: [valueObject.name], valueObject }) as const,
    ),
    ...pairs.added.map((valueObject) => ({ kind: "valueObjectAdded", path: [valueObject.name], valueObject }) as const),
    ...pairs.kept.flatMap(({ before, after }): readonly ModelChange[] => {
      const path = [after.name];
      return [
        ...(before.name === after.name
          ? []
          : [{ kind: "valueObjectRenamed", path, from: before.name, to: after.name } as const]),
        ...(before.describe === after.describe
          ? []
          : [{ kind: "valueObjectDescribed", path: [...path, "describe"], before, after } as const]),
        ...diffAttributes(before, after, nameNow),
      ];
    }),
  ];
}
