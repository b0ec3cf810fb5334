import { ownsLinks } from "#lib/model/relationships/ownsLinks.ts";
import type { AttributeType } from "#lib/model/types.ts";
import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";

/** IDs come as text; where the key is a number, the input of a write gets the number that the text spells. */
export function idsAsKeys(entity: Entity, input: unknown, catalog: Catalog): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const entries = Object.entries(input).map(([name, value]): [string, unknown] => {
    const field = entity.fields.get(name);
    if (field) return [name, field === entity.key || field.reference ? asKey(field.type, value) : value];
    const relationship = entity.relationships.get(name);
    if (!relationship) return [name, value];
    const target = entityNamed(catalog, relationship.target);
    if (!ownsLinks(relationship)) {
      const inner = (item: unknown) => idsAsKeys(target, item, catalog);
      return [name, Array.isArray(value) ? value.map(inner) : inner(value)];
    }
    return [name, Array.isArray(value) ? value.map((item) => asKey(target.key.type, item)) : value];
  });
  return Object.fromEntries(entries);
}

/** What spells no number stays as it is and is refused with the sentence that the type has for it. */
export function asKey(type: AttributeType, value: unknown): unknown {
  return type.kind === "integer" && typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
