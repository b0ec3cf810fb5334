import type { Attribute, Features, Resource } from "../types.ts";

/** The attributes that have columns: those written in the model, then those that its features bring. */
export function storedAttributes(resource: Pick<Resource, "attributes" | "features">): readonly Attribute[] {
  return resource.features ? [...resource.attributes, ...featureAttributes(resource.features)] : resource.attributes;
}

/** The attributes that features bring; nobody but Gantry writes them. */
export function featureAttributes({ timestamps, versioned, softDelete }: Features): readonly Attribute[] {
  return [
    ...(timestamps
      ? [
          moment("createdAt", timestamps.createdColumn, "When the record was made."),
          moment("updatedAt", timestamps.updatedColumn, "When the record was last changed."),
        ]
      : []),
    ...(versioned ? [versionAttribute(versioned.column)] : []),
    ...(softDelete ? [deletedAttribute(softDelete.column)] : []),
  ];
}

function moment(name: "createdAt" | "updatedAt", column: string, describe: string): Attribute {
  const base = { name, column, describe, unique: false, required: true, writable: "readOnly" } as const;
  return { ...base, type: { kind: "timestamp" }, default: { kind: "now" } };
}

function versionAttribute(column: string): Attribute {
  const describe = "Grows with every change of the record.";
  const base = { name: "version", column, describe, unique: false, required: true, writable: "readOnly" } as const;
  return { ...base, type: { kind: "integer" }, default: { kind: "literal", value: 1 } };
}

function deletedAttribute(column: string): Attribute {
  const describe = "When the record was destroyed; empty for those that are there.";
  const base = { name: "deletedAt", column, describe, unique: false, required: false, writable: "readOnly" } as const;
  return { ...base, type: { kind: "timestamp" } };
}
