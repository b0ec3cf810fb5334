import type { OnDelete, Relationship } from "../types.ts";
import { deprecationWords } from "./apiWords.ts";
import { said } from "./described.ts";
import type { ModelChange } from "./ModelChange.ts";

/** `now belongs to Customer as customer, and must have one` */
export function describeRelationship(relationship: Relationship): string {
  const { name, target } = relationship;
  switch (relationship.kind) {
    case "belongsTo":
      return `now belongs to ${target} as ${name}${relationship.required ? ", and must have one" : ""}`;
    case "hasOne":
      return `now has one ${target} as ${name}`;
    case "hasMany":
      return `now has many ${target} as ${name}`;
    case "manyToMany": {
      const through = relationship.through === undefined ? "" : `, through ${relationship.through}`;
      return `now has many ${target} as ${name}, and they have many of it${through}`;
    }
  }
}

/** What a relationship says now that it did not say before. */
export function describeRelationshipChange(change: Extract<ModelChange, { kind: "relationshipChanged" }>): string {
  const { before, after, option } = change;
  const name = `${change.resource}.${after.name}`;
  switch (option) {
    case "target":
      return `${name} now leads to ${after.target}; it led to ${before.target}`;
    case "via":
      return `${name} now mirrors another relationship of ${after.target}`;
    case "required":
      return isOn(after, "required") ? `${name} is now required` : `${name} is no longer required`;
    case "unique":
      return isOn(after, "unique") ? `${name} is now one to one` : `${name} is no longer one to one`;
    case "onDelete":
      return after.kind === "belongsTo" ? deletion(change.resource, name, after.onDelete) : `${name} is changed`;
    case "through":
      return after.kind === "manyToMany" && after.through !== undefined
        ? `The links of ${name} are now records of ${after.through}`
        : `The links of ${name} are no longer records of their own`;
    case "owner":
      return `${name} ${isOn(after, "owner") ? "now" : "no longer"} names the join table`;
    case "describe":
      return said(name, before.describe, after.describe);
    case "deprecated":
      return deprecationWords(name, after.deprecated);
  }
}

function isOn(relationship: Relationship, option: "required" | "unique" | "owner"): boolean {
  return option in relationship && Reflect.get(relationship, option) === true;
}

function deletion(resource: string, name: string, onDelete: OnDelete): string {
  switch (onDelete) {
    case "restrict":
      return `What ${name} leads to can no longer be deleted while it does`;
    case "cascade":
      return `${resource} is now deleted along with what ${name} leads to`;
    case "setNull":
      return `${name} is now emptied when what it leads to is deleted`;
  }
}
