import { changeKinds, eventType } from "../../model/events/eventType.ts";
import { emitSteps } from "../../model/events/resourcesWithEvents.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { isPlain, plainFields } from "../../model/processes/plainFields.ts";
import type { AttributeType, JsonValue, Model, Resource } from "../../model/types.ts";
import { attributeSchema } from "./attributeSchema.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, orNull, refTo } from "./JsonSchema.ts";
import { typeSchema } from "./typeSchema.ts";

/** `DealEvent` */
export const eventSchemaName = (model: Model, { name }: Pick<Resource, "name">) => freeName(model, `${name}Event`);
const recordSchemaName = (model: Model, { name }: Pick<Resource, "name">) => freeName(model, `${name}EventRecord`);

const text: JsonSchema = { type: "string" };

/** Of the events of one resource: `DealEvent`, and the record in it. */
export function eventSchemas(resource: Resource, model: Model): Record<string, JsonSchema> {
  const record = orNull(refTo(recordSchemaName(model, resource)));
  return {
    [recordSchemaName(model, resource)]: plainRecordSchema(resource, model),
    [eventSchemaName(model, resource)]: cloudEventSchema(
      changeKinds.map((kind) => eventType(resource, kind)),
      {
        type: "object",
        required: ["record", "previous", "changed", "action", "actor"],
        properties: {
          record: record,
          previous: record,
          changed: {
            type: "array",
            items: text,
            description: "Fields that have another value than before, and relationships with other links.",
          },
          action: { ...orNull(text), description: "Null for a change that no action of the resource made." },
          actor: orNull({
            type: "object",
            description: "Null for a change by another program.",
            required: ["kind", "id"],
            properties: { kind: text, id: orNull(text) },
          }),
        },
      },
    ),
  };
}

/** CloudEvents 1.0 in JSON. */
function cloudEventSchema(types: readonly string[], data: JsonSchema): JsonSchema {
  return {
    type: "object",
    required: ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"],
    properties: {
      specversion: { type: "string", const: "1.0" },
      id: { type: "string", format: "uuid", description: "The same however often the event comes." },
      source: { type: "string", format: "uri-reference", description: "The address of the app on its server." },
      type: { type: "string", enum: types },
      subject: { ...text, description: "What it is about." },
      time: { type: "string", format: "date-time" },
      datacontenttype: { type: "string", const: "application/json" },
      partitionkey: { ...text, description: "Events with equal ones come in their order." },
      data,
    },
  };
}

/** Without what is sensitive or encrypted, and without what is worked out. */
function plainRecordSchema(resource: Resource, model: Model): JsonSchema {
  const attributes = new Map(
    [resource.key, ...storedAttributes(resource)].map((attribute) => [attribute.name, attribute]),
  );
  const properties = plainFields(model, resource).map(({ name, type }): [string, JsonSchema] => {
    const attribute = attributes.get(name);
    if (hidesParts(model, type))
      return [
        name,
        orNull(type.kind === "embed" && type.many ? { type: "array", items: { type: "object" } } : { type: "object" }),
      ];
    const { readOnly: _, ...schema } = attribute
      ? attributeSchema(attribute, model, "output")
      : typeSchema(type, "output");
    return [name, orNull(schema)];
  });
  return { type: "object", required: properties.map(([name]) => name), properties: Object.fromEntries(properties) };
}

/** Whether a value object is shown without some of its parts. */
function hidesParts({ valueObjects = [] }: Model, type: AttributeType): boolean {
  if (type.kind !== "embed") return false;
  const { attributes = [] } = valueObjects.find(({ name }) => name === type.valueObject) ?? {};
  return attributes.some((part) => !isPlain(part) || hidesParts({ valueObjects } as Model, part.type));
}

/** Of what processes tell under one type, by whichever step. */
export function ownEventSchema(
  model: Model,
  type: string,
): { readonly schema: JsonSchema; readonly example: JsonValue } {
  const data = emitSteps(model)
    .filter((step) => step.type === type)
    .flatMap((step) => step.data ?? []);
  const properties = Object.fromEntries(data.map((value) => [value.name, orNull(typeSchema(value.type, "output"))]));
  return {
    schema: cloudEventSchema([type], { type: "object", properties }),
    example: exampleOf({ type, subject: `runs/${exampleId}`, data: {} }),
  };
}

const exampleId = "01a1fed3-1d92-7f21-b3ba-93c32766f746";

interface Example {
  readonly resource: Resource;
  readonly kind: (typeof changeKinds)[number];
  /** As reads answer it. */
  readonly record: JsonValue;
}

export function eventExample(model: Model, { resource, kind, record }: Example): JsonValue {
  const shown = plainExample(model, resource, record);
  return exampleOf({
    type: eventType(resource, kind),
    subject: `${resource.name}/${shown.id}`,
    data: {
      record: kind === "destroyed" ? null : shown,
      previous: kind === "created" ? null : shown,
      changed: [],
      action: { created: "create", updated: "update", destroyed: "destroy" }[kind],
      actor: { kind: "apiKey", id: "shop" },
    },
  });
}

function plainExample(model: Model, resource: Resource, record: JsonValue): Record<string, JsonValue> {
  const known: Readonly<Record<string, JsonValue>> =
    typeof record === "object" && record !== null && !Array.isArray(record)
      ? (record as Record<string, JsonValue>)
      : {};
  return Object.fromEntries(
    plainFields(model, resource).map(({ name, type }) => [
      name,
      hidesParts(model, type) ? null : (known[name] ?? null),
    ]),
  );
}

function exampleOf({
  type,
  subject,
  data,
}: {
  readonly type: string;
  readonly subject: string;
  readonly data: JsonValue;
}) {
  return {
    specversion: "1.0",
    id: exampleId,
    source: "/apps/shop",
    type,
    subject,
    time: "2026-01-31T12:00:00Z",
    datacontenttype: "application/json",
    partitionkey: subject,
    data,
  };
}
