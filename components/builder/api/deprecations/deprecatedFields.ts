import type { Deprecation, Model, Resource, ValueObject } from "#lib/model/types.ts";

export interface DeprecatedField {
  /** Name of a resource or value object. */
  readonly resource: string;
  readonly section: "attributes" | "relationships" | "calculations" | "aggregates";
  readonly name: string;
  readonly deprecated: Deprecation;
}

interface Part {
  readonly name: string;
  readonly deprecated?: Deprecation;
}

type Section = readonly [section: DeprecatedField["section"], parts: readonly Part[]];

/** All that can be deprecated of a resource or value object. */
export function fieldSections(owner: Resource | ValueObject): readonly Section[] {
  if (!("table" in owner)) return [["attributes", owner.attributes]];
  return [
    ["attributes", owner.attributes],
    ["relationships", owner.relationships],
    ["calculations", owner.calculations ?? []],
    ["aggregates", owner.aggregates ?? []],
  ];
}

/** Everything that is deprecated in an app, what may go first on top. */
export function deprecatedFields({ resources, valueObjects = [] }: Model): readonly DeprecatedField[] {
  const never = "9999";
  return [...resources, ...valueObjects]
    .flatMap((owner) =>
      fieldSections(owner).flatMap(([section, parts]) =>
        parts.flatMap(({ name, deprecated }) =>
          deprecated ? [{ resource: owner.name, section, name, deprecated }] : [],
        ),
      ),
    )
    .toSorted((one, other) => (one.deprecated.until ?? never).localeCompare(other.deprecated.until ?? never));
}
