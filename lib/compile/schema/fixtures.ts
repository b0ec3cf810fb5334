import type { Attribute, AttributeType, BelongsTo, Model, Resource } from "../../model/types.ts";

/** Short ways to models for the tests of this folder. */
export function aModel(...resources: readonly Resource[]): Model {
  return { app: { name: "Test" }, resources };
}

export function aResource(name: string, parts: Partial<Resource> = {}): Resource {
  const plural = `${name.toLowerCase()}s`;
  return {
    name,
    plural,
    table: plural,
    key: anAttribute("id", { kind: "uuid" }, { required: true, unique: true, default: { kind: "uuid" } }),
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
    ...parts,
  };
}

export function anAttribute(name: string, type: AttributeType, parts: Partial<Attribute> = {}): Attribute {
  return { name, column: name.toLowerCase(), type, required: false, unique: false, ...parts };
}

export function aText(name: string, parts: Partial<Attribute> = {}): Attribute {
  return anAttribute(name, { kind: "text" }, parts);
}

export function aLink(name: string, target: string, parts: Partial<BelongsTo> = {}): BelongsTo {
  return {
    kind: "belongsTo",
    name,
    target,
    column: `${name}_id`,
    required: false,
    unique: false,
    onDelete: "restrict",
    ...parts,
  };
}
