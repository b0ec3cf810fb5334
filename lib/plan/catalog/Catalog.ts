import type { Expression } from "../../expression/Expression.ts";
import { aggregateExpression, calculationExpression } from "../../model/expressions/computedExpression.ts";
import { aggregateAttributeType } from "../../model/expressions/computedType.ts";
import { derivedAttributes } from "../../model/expressions/derivedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { restPath } from "../../model/naming/restPath.ts";
import type { Attribute, AttributeType, BelongsTo, Model, Relationship, Resource } from "../../model/types.ts";

/** A model with its names looked up by maps; what every stage of a request asks for names. */
export interface Catalog {
  readonly model: Model;
  readonly entities: ReadonlyMap<string, Entity>;
  /** By the segment of the REST path. */
  readonly byPath: ReadonlyMap<string, Entity>;
}

export interface Entity {
  readonly name: string;
  readonly resource: Resource;
  readonly key: Field;
  /** The key, the attributes, then the foreign keys, in the order in which answers show them. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Calculations and aggregates that are worked out on reading; shown only where they are asked for. */
  readonly computed: ReadonlyMap<string, ComputedField>;
  readonly relationships: ReadonlyMap<string, Relationship>;
}

/** Something with a column of its own that the API shows under `name`. */
export interface Field {
  readonly name: string;
  readonly column: string;
  readonly type: AttributeType;
  readonly required: boolean;
  /** Null for foreign keys. */
  readonly attribute: Attribute | null;
  /** The belongsTo whose foreign key this is. */
  readonly reference: BelongsTo | null;
}

/** A calculation or an aggregate, worked out whenever it is asked for. */
export interface ComputedField extends Pick<Field, "name" | "type" | "required"> {
  readonly describe: string | null;
  /** Its tree, about the record that has it. Understood when first asked for. */
  readonly expression: () => Expression;
}

/** What can be shown, filtered and sorted by. */
export type ReadableField = Field | ComputedField;

export function isComputed(field: ReadableField): field is ComputedField {
  return "expression" in field;
}

const catalogs = new WeakMap<Model, Catalog>();

/** One catalog per model object. */
export function catalogOf(model: Model): Catalog {
  let catalog = catalogs.get(model);
  if (!catalog) {
    const entities = new Map(model.resources.map((resource) => [resource.name, entityOf(model, resource)]));
    const byPath = new Map([...entities.values()].map((entity) => [restPath(entity.resource), entity]));
    catalog = { model, entities, byPath };
    catalogs.set(model, catalog);
  }
  return catalog;
}

function entityOf(model: Model, resource: Resource): Entity {
  const key = attributeField(resource.key, true);
  const fields = new Map([[key.name, key]]);
  for (const attribute of storedAttributes(resource)) {
    fields.set(attribute.name, attributeField(attribute, attribute.required));
  }
  for (const attribute of derivedAttributes(model, resource)) {
    fields.set(attribute.name, attributeField(attribute, false));
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind !== "belongsTo") continue;
    const field = referenceField(model, relationship);
    fields.set(field.name, field);
  }
  const relationships = new Map(resource.relationships.map((relationship) => [relationship.name, relationship]));
  return { name: resource.name, resource, key, fields, computed: computedFields(model, resource), relationships };
}

function computedFields(model: Model, resource: Resource): ReadonlyMap<string, ComputedField> {
  const computed = new Map<string, ComputedField>();
  const add = (field: Omit<ComputedField, "describe">, describe: string | undefined) =>
    computed.set(field.name, { ...field, describe: describe ?? null });
  for (const calculation of resource.calculations ?? []) {
    if (calculation.column !== undefined) continue;
    const { name, type } = calculation;
    const expression = once(() => calculationExpression(model, resource, calculation));
    add({ name, type, required: false, expression }, calculation.describe);
  }
  for (const aggregate of resource.aggregates ?? []) {
    if (aggregate.column !== undefined) continue;
    const { name } = aggregate;
    const type = aggregateAttributeType(model, resource, aggregate);
    const required = aggregate.function === "count" || aggregate.function === "exists";
    const expression = once(() => aggregateExpression(model, resource, aggregate));
    add({ name, type, required, expression }, aggregate.describe);
  }
  return computed;
}

function once(make: () => Expression): () => Expression {
  let made: Expression | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function attributeField(attribute: Attribute, required: boolean): Field {
  const { name, column, type } = attribute;
  return { name, column, type, required, attribute, reference: null };
}

function referenceField(model: Model, reference: BelongsTo): Field {
  const target = model.resources.find(({ name }) => name === reference.target);
  if (!target) throw new Error(`The model has no resource ${reference.target}, which ${reference.name} leads to.`);
  const { column, required } = reference;
  return { name: foreignKeyField(reference), column, type: target.key.type, required, attribute: null, reference };
}

/** The entity of a name that is known to be in the model; to be used where a plan was already checked. */
export function entityNamed(catalog: Catalog, name: string): Entity {
  const entity = catalog.entities.get(name);
  if (!entity) throw new Error(`The plan names the resource ${name}, which the model has not.`);
  return entity;
}

export function fieldNamed(entity: Entity, name: string): Field {
  const field = entity.fields.get(name);
  if (!field) throw new Error(`The plan names the field ${name}, which ${entity.name} has not.`);
  return field;
}

/** The field that holds the key of the record that a belongsTo leads to. */
export function referenceOf(entity: Entity, relationship: BelongsTo): Field {
  return fieldNamed(entity, foreignKeyField(relationship));
}

/** A field of either kind. */
export function readableNamed(entity: Entity, name: string): ReadableField {
  return entity.computed.get(name) ?? fieldNamed(entity, name);
}

/** The field of a name that a caller gave. */
export function readableOf(entity: Entity, name: string): ReadableField | undefined {
  return entity.fields.get(name) ?? entity.computed.get(name);
}

export function readableFields(entity: Entity): readonly ReadableField[] {
  return [...entity.fields.values(), ...entity.computed.values()];
}

/** Whether it is the key of a record, its own or another's. */
export function isKeyField(field: ReadableField): boolean {
  return !isComputed(field) && (field.reference !== null || field.name === "id");
}

export function relationshipNamed(entity: Entity, name: string): Relationship {
  const relationship = entity.relationships.get(name);
  if (!relationship) throw new Error(`The plan names the relationship ${name}, which ${entity.name} has not.`);
  return relationship;
}
