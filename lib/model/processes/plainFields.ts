import type { ObjectMember, ValueType } from "../../expression/ValueType.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { valueTypeOf } from "../expressions/valueTypeOf.ts";
import { storedAttributes } from "../features/storedAttributes.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Attribute, AttributeType, Model, Resource } from "../types.ts";

/** A field of a record as processes see it. */
export interface PlainField {
  /** Its name in the APIs: `id`, an attribute, or the key of a belongsTo (`companyId`). */
  readonly name: string;
  readonly type: AttributeType;
}

const known = new WeakMap<Model, Map<string, readonly PlainField[]>>();

/**
 * What processes and events see of a record: its key, its attributes, those of its features, and the keys of what it
 * belongs to. What is worked out is not among them, since it may be out of date by then. Nor is what is `sensitive` or
 * `encrypted`: results of steps are kept with the run, are shown to whoever may see runs and go into mails and requests, so
 * that nothing would guard them any more. (Actions can be given values for such fields.) Files and vectors are too large.
 */
export function plainFields(model: Model, resource: Resource): readonly PlainField[] {
  let byName = known.get(model);
  if (!byName) {
    byName = new Map();
    known.set(model, byName);
  }
  const found = byName.get(resource.name) ?? fieldsOf(model, resource);
  byName.set(resource.name, found);
  return found;
}

function fieldsOf(model: Model, resource: Resource): readonly PlainField[] {
  return [
    { name: "id", type: resource.key.type },
    ...storedAttributes(resource).flatMap((attribute) =>
      isPlain(attribute) ? [{ name: attribute.name, type: attribute.type }] : [],
    ),
    ...resource.relationships.flatMap((relationship) => {
      const target = relationship.kind === "belongsTo" ? resourceNamed(model, relationship.target) : null;
      return target ? [{ name: foreignKeyField(relationship), type: target.key.type }] : [];
    }),
  ];
}

/** Whether processes see the values of an attribute. */
export function isPlain({ sensitive, type }: Pick<Attribute, "sensitive" | "type">): boolean {
  if (sensitive) return false;
  return type.kind !== "encrypted" && type.kind !== "file" && type.kind !== "vector";
}

/** The type of a record in expressions of processes: an object of its plain fields; json where there is no such resource. */
export function recordType(model: Model, resource: string, name: string = resource): ValueType {
  let byName = types.get(model);
  if (!byName) {
    byName = new Map();
    types.set(model, byName);
  }
  const key = `${resource} ${name}`;
  const type = byName.get(key) ?? makeRecordType(model, resource, name);
  byName.set(key, type);
  return type;
}

const types = new WeakMap<Model, Map<string, ValueType>>();

function makeRecordType(model: Model, resource: string, name: string): ValueType {
  const found = resourceNamed(model, resource);
  if (!found) return { kind: "json" };
  const members = plainFields(model, found).map((field): ObjectMember => {
    const type = valueTypeOf(field.type, model);
    return { name: field.name, type, field: { resource, member: field.name } };
  });
  return { kind: "object", name, members };
}
