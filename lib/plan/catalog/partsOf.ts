import type { Attribute, AttributeType, Model, ValueObject } from "../../model/types.ts";
import type { Field } from "./Catalog.ts";

/** What the parts of a type are looked up in. */
export type ValueObjects = Pick<Model, "valueObjects">;

const none: ReadonlyMap<string, Field> = new Map();
const moneyParts = partsNamed([part("amount", { kind: "decimal" }), part("currency", { kind: "text" })]);
const fileParts = partsNamed([
  part("name", { kind: "text" }),
  part("size", { kind: "integer" }),
  part("mediaType", { kind: "text" }),
]);
const known = new WeakMap<ValueObject, ReadonlyMap<string, Field>>();

/**
 * The parts of a value that a path may go on into, as fields whose `column` is the name that the part is stored under:
 * the attributes of a value object, amount and currency of money, name, size and media type of a file. Empty for all
 * other types and for lists.
 */
export function partsOf(model: ValueObjects, type: AttributeType): ReadonlyMap<string, Field> {
  switch (type.kind) {
    case "money":
      return moneyParts;
    case "file":
      return fileParts;
    case "embed":
      return type.many ? none : attributesOf(valueObjectNamed(model, type.valueObject));
    default:
      return none;
  }
}

/** The attributes of a value object as fields, in their order. */
export function attributesOf(valueObject: ValueObject): ReadonlyMap<string, Field> {
  let fields = known.get(valueObject);
  if (!fields) {
    fields = partsNamed(
      valueObject.attributes.map((attribute) => ({ ...part(attribute.name, attribute.type), ...shown(attribute) })),
    );
    known.set(valueObject, fields);
  }
  return fields;
}

const shown = (attribute: Attribute) => ({ column: attribute.column, required: attribute.required, attribute });

export function valueObjectNamed({ valueObjects = [] }: ValueObjects, name: string): ValueObject {
  const found = valueObjects.find((valueObject) => valueObject.name === name);
  if (!found) throw new Error(`The model has no value object ${name}, which an attribute holds.`);
  return found;
}

function part(name: string, type: AttributeType): Field {
  return { name, column: name, type, required: false, attribute: null, reference: null };
}

function partsNamed(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.map((field) => [field.name, field]));
}
