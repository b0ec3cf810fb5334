import type { Attribute, Model } from "../types.ts";

/** Every attribute of a model with its path, keys among them. */
export function allAttributes({ resources }: Model) {
  return resources.flatMap(({ name: resource, key, attributes }) => [
    { resource, attribute: key, path: [resource, "key"] as readonly string[] },
    ...attributes.map((attribute: Attribute) => ({
      resource,
      attribute,
      path: [resource, "attributes", attribute.name] as readonly string[],
    })),
  ]);
}

/** The literal that an attribute has as its default, as text; null when it has none. */
export function defaultText({ default: value }: Attribute): string | null {
  if (value?.kind !== "literal") return null;
  return typeof value.value === "string" || typeof value.value === "number" ? String(value.value) : null;
}
