import { isPlain, plainFields } from "../../model/processes/plainFields.ts";
import type { Attribute, AttributeType, Model } from "../../model/types.ts";
import type { Entity } from "../catalog/Catalog.ts";
import { valueObjectNamed } from "../catalog/partsOf.ts";
import type { Selection, ValuePart } from "../types.ts";

const known = new WeakMap<Entity, Selection>();

/** The plain fields of a record, without what is sensitive within value objects. */
export function plainSelection(model: Model, entity: Entity): Selection {
  let selection = known.get(entity);
  if (!selection) {
    selection = plainFields(model, entity.resource).map(({ name, type }) => {
      const parts = plainParts(model, type);
      return { kind: "field", as: name, field: name, ...(parts && { parts }) };
    });
    known.set(entity, selection);
  }
  return selection;
}

/** Null where all parts are shown. */
function plainParts(model: Model, type: AttributeType): readonly ValuePart[] | null {
  if (type.kind !== "embed") return null;
  const { attributes } = valueObjectNamed(model, type.valueObject);
  const parts = attributes.filter(isPlain).map((attribute) => partOf(model, attribute));
  return parts.length === attributes.length && parts.every(({ parts: inner }) => !inner) ? null : parts;
}

type Part = Extract<ValuePart, { readonly kind: "part" }>;

function partOf(model: Model, { name, type }: Attribute): Part {
  const inner = plainParts(model, type);
  return { kind: "part", as: name, part: name, ...(inner && { parts: inner }) };
}
