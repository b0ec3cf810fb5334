import { computedAttributes } from "../../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../../model/naming/foreignKeyField.ts";
import { restPath } from "../../../model/naming/restPath.ts";
import type { Action, Attribute, JsonValue, Model, Relationship, Resource } from "../../../model/types.ts";
import { type InputField, inputFields } from "../../inputFields.ts";
import { freeName } from "../freeName.ts";
import { firstState, givenActions, inputSchemaName, manySchemaName, severalSchemaName } from "../inputSchemas.ts";
import { attributeExample } from "./attributeExample.ts";

type Values = Record<string, JsonValue>;

/** Values of the schemas of a resource, under their names; what has none is left out. */
export function resourceExamples(resource: Resource, model: Model): Values {
  const { name, features } = resource;
  const values: Values = {};
  const record = recordExample(resource, model);
  values[name] = record;
  values[freeName(model, `${name}List`)] = {
    data: [record],
    page: { next: "WyIwMTk4YzVmMi03YjFlIl0", previous: null },
  };
  if (features?.history) values[freeName(model, `${name}History`)] = historyExample(record);
  const key = attributeExample(resource.key, model);
  for (const action of givenActions(resource)) {
    const fields = inputFields(model, resource, action);
    const whole = inputExample(fields, { resource, action, model });
    if (whole === null) continue;
    values[inputSchemaName(model, resource, action)] = whole;
    const flat = inputExample(
      fields.filter(({ kind }) => kind !== "links"),
      { resource, action, model },
    );
    if (flat === null) continue;
    values[manySchemaName(resource, action.name)] = flat;
    if (key === undefined) continue;
    const several = { ids: [key], ...(Object.keys(flat).length > 0 && { input: flat }) };
    values[severalSchemaName(resource, action.name)] = several;
  }
  return values;
}

/** A record as it is answered when nothing is said of fields. */
function recordExample(resource: Resource, model: Model): Values {
  const shown: readonly Attribute[] = [
    resource.key,
    ...storedAttributes(resource),
    ...computedAttributes(model, resource).filter(({ column }) => column !== ""),
  ];
  const members: Values = {};
  const path = restPath(resource);
  for (const attribute of shown) {
    const value = attribute.name === "deletedAt" ? null : (attributeExample(attribute, model) ?? null);
    const file = attribute.type.kind === "file" && {
      ...fileExample,
      url: `/rest/v1/${path}/${String(members.id)}/${attribute.name}`,
    };
    members[attribute.name] = file || value;
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind !== "belongsTo") continue;
    members[foreignKeyField(relationship)] = keyExample(relationship, model) ?? null;
  }
  return members;
}

const fileExample = { name: "file.pdf", size: 48_213, mediaType: "application/pdf" };

interface Asked {
  readonly resource: Resource;
  readonly action: Pick<Action, "name" | "type">;
  readonly model: Model;
}

/** Everything that an action can be given but other records; null where something that it must be given has no example. */
function inputExample(fields: readonly InputField[], { resource, action, model }: Asked): Values | null {
  const members: Values = {};
  for (const field of fields) {
    const value = firstState(resource, action, field.name) ?? fieldExample(field, model);
    if (value !== undefined) members[field.name] = value;
    else if (field.required) return null;
  }
  return members;
}

function fieldExample(field: InputField, model: Model): JsonValue | undefined {
  switch (field.kind) {
    case "key":
    case "attribute":
    case "argument":
      return attributeExample(field.attribute, model);
    case "reference":
      return keyExample(field.relationship, model);
    case "links": {
      const key = keyExample(field.relationship, model);
      return key === undefined ? undefined : [key];
    }
    case "nested":
      return undefined;
  }
}

function keyExample({ target }: Relationship, model: Model): JsonValue | undefined {
  const resource = model.resources.find(({ name }) => name === target);
  return resource && attributeExample(resource.key, model);
}

function historyExample(record: Values): JsonValue {
  const change = {
    id: "17",
    at: "2026-01-31T09:30:00Z",
    action: "create",
    actor: { kind: "user", id: "1" },
    before: null,
    after: record,
  };
  return { data: [change], page: { next: null } };
}
