import type { AttributeRole } from "../read/optionsOf.ts";
import type { Attribute, Resource, ValueObject } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

export interface PlacedAttribute {
  /** Name of its resource, or of the value object of which it is a part. */
  readonly resource: string;
  readonly attribute: Attribute;
  readonly role: AttributeRole;
  readonly path: readonly string[];
}

/**
 * A rule that looks at one attribute at a time, keys and parts of value objects among them; those of a resource or value
 * object that did not change since are not looked at again.
 */
export function eachAttribute(check: (placed: PlacedAttribute) => readonly Finding[]): Rule {
  const known = new WeakMap<Resource | ValueObject, readonly Finding[]>();
  const findingsOf = (owner: Resource | ValueObject, placed: () => readonly PlacedAttribute[]) => {
    const findings = known.get(owner) ?? placed().flatMap(check);
    known.set(owner, findings);
    return findings;
  };
  return ({ resources, valueObjects = [] }, places) =>
    [
      ...resources.flatMap((resource) => findingsOf(resource, () => attributesOf(resource))),
      ...valueObjects.flatMap((valueObject) => findingsOf(valueObject, () => partsOf(valueObject))),
    ].map((finding) => problemAt(places, finding));
}

function attributesOf({ name: resource, key, attributes }: Resource): readonly PlacedAttribute[] {
  return [
    { resource, attribute: key, role: "key", path: [resource, "key"] },
    ...attributes.map((attribute) => placed(resource, attribute, "attribute")),
  ];
}

function partsOf({ name, attributes }: ValueObject): readonly PlacedAttribute[] {
  return attributes.map((attribute) => placed(name, attribute, "part"));
}

function placed(resource: string, attribute: Attribute, role: AttributeRole): PlacedAttribute {
  return { resource, attribute, role, path: [resource, "attributes", attribute.name] };
}
