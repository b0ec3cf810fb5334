import { storedAttributes } from "../features/storedAttributes.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Aggregate, AttributeType, Model, Resource, ScalarType } from "../types.ts";
import { resourceAlong, resourceNamed } from "./resourceAlong.ts";

/** The type that the API shows an aggregate of a verified model in. */
export function aggregateAttributeType(model: Model, resource: Resource, aggregate: Aggregate): AttributeType {
  if (aggregate.function === "count") return { kind: "integer" };
  if (aggregate.function === "exists") return { kind: "boolean" };
  const target = resourceAlong(model, resource, aggregate.path);
  const type = target && memberType(model, target, aggregate.field ?? "");
  if (!type) throw new Error(`The aggregate ${aggregate.name} leads to no field.`);
  switch (aggregate.function) {
    case "sum":
      return type.kind === "integer" ? { kind: "bigint" } : exact(type);
    case "avg":
      return type.kind === "integer" || type.kind === "bigint" ? { kind: "decimal" } : exact(type);
    case "min":
    case "max":
    case "first":
      return type;
    case "list":
      return listType(type);
  }
}

/** A sum has more digits than its parts. */
function exact(type: AttributeType): AttributeType {
  return type.kind === "decimal" ? { kind: "decimal" } : type;
}

function listType(type: AttributeType): AttributeType {
  switch (type.kind) {
    case "money":
    case "sequence":
      return { kind: "list", of: { kind: "text" } };
    case "json":
    case "list":
    case "embed":
    case "file":
    case "vector":
    case "encrypted":
      return { kind: "json" };
    default: {
      const of: ScalarType = type;
      return { kind: "list", of };
    }
  }
}

/** The type of a field of a resource: stored, referring or computed; null when there is none of the name. */
export function memberType(model: Model, resource: Resource, name: string): AttributeType | null {
  if (name === "id") return resource.key.type;
  const plain = [...storedAttributes(resource), ...(resource.calculations ?? [])];
  const found = plain.find((candidate) => candidate.name === name);
  if (found) return found.type;
  const aggregate = resource.aggregates?.find((candidate) => candidate.name === name);
  if (aggregate) return aggregateAttributeType(model, resource, aggregate);
  const reference = resource.relationships.find(
    (relationship) => relationship.kind === "belongsTo" && foreignKeyField(relationship) === name,
  );
  return (reference && resourceNamed(model, reference.target)?.key.type) ?? null;
}
