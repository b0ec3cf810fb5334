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
    if (!relationship || !ownsLinks(relationship) || !Array.isArray(value)) return [name, value];
    const { type } = entityNamed(catalog, relationship.target).key;
    return [name, value.map((item) => asKey(type, item))];
  });
  return Object.fromEntries(entries);
}

/** What spells no number stays as it is and is refused with the sentence that the type has for it. */
function asKey(type: AttributeType, value: unknown): unknown {
  return type.kind === "integer" && typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
