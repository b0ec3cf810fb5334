import type { Attribute, BelongsTo, Resource } from "../../model/types.ts";

/** Parts of models for tests, with what is usual filled in. */

export function resource(name: string, parts: Partial<Resource> & Pick<Resource, "plural">): Resource {
  return {
    name,
    table: parts.plural,
    key: attribute("id", { type: { kind: "uuid" }, required: true, unique: true, default: { kind: "uuid" } }),
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
    ...parts,
  };
}

export function attribute(name: string, parts: Partial<Attribute> & Pick<Attribute, "type">): Attribute {
  return { name, column: name.replace(/[A-Z]/g, "_$&").toLowerCase(), required: false, unique: false, ...parts };
}

export function belongsTo(name: string, target: string): BelongsTo {
  return {
    kind: "belongsTo",
    name,
    target,
    column: `${name}_id`,
    required: false,
    unique: false,
    onDelete: "restrict",
  };
}

export function option(name: string, stored: string = name) {
  return { name, stored };
}
