import type { Attribute, Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

export interface PlacedAttribute {
  readonly resource: string;
  readonly attribute: Attribute;
  readonly path: readonly string[];
}

/** A rule that looks at one attribute at a time, keys among them. */
export function eachAttribute(check: (placed: PlacedAttribute) => readonly Finding[]): Rule {
  return eachResource((resource) => placedAttributes(resource).flatMap(check));
}

function placedAttributes({ name: resource, key, attributes }: Resource): readonly PlacedAttribute[] {
  return [
    { resource, attribute: key, path: [resource, "key"] },
    ...attributes.map((attribute) => ({ resource, attribute, path: [resource, "attributes", attribute.name] })),
  ];
}
