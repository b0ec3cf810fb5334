import type { Relationship } from "../types.ts";
import { describeAttribute } from "./describeValue.ts";
import type { Difference, ModelChange } from "./ModelChange.ts";

/** A change as a sentence without a full stop: "Order.freight is now called shippingCost". */
export function describeChange(change: ModelChange): string {
  const [resource = "", , name = ""] = change.path;
  switch (change.kind) {
    case "appChanged":
      return `The app's ${differenceText(change.difference)}`;
    case "resourceAdded":
      return `New resource ${change.resource.name} with ${count(change.resource.attributes.length, "attribute")}`;
    case "resourceRemoved":
      return `${change.resource.name} is gone; its rows stay in the database`;
    case "resourceRenamed":
      return `${change.from} is now called ${change.to}`;
    case "resourceChanged":
      return `${resource}: ${differenceText(change.difference)}`;
    case "attributeAdded":
      return `${resource} has a new ${describeAttribute(change.attribute)}`;
    case "attributeRemoved":
      return `${resource}.${change.attribute.name} is gone; its values stay in the database`;
    case "attributeRenamed":
      return `${resource}.${change.from} is now called ${change.to}`;
    case "attributeChanged":
      return `${resource}.${name || "id"}: ${differenceText(change.difference)}`;
    case "attributesReordered":
      return `${resource} has its attributes in another order`;
    case "optionAdded":
      return `${resource}.${name} has a new option, ${change.option}`;
    case "optionRemoved":
      return `${resource}.${name} has lost the option ${change.option}`;
    case "optionRenamed":
      return `${resource}.${name}: option ${change.from} is now called ${change.to}`;
    case "relationshipAdded":
      return `${resource} has a new relationship, ${relationshipText(change.relationship)}`;
    case "relationshipRemoved":
      return `${resource} has lost its relationship ${relationshipText(change.relationship)}`;
    case "relationshipRenamed":
      return `${resource}.${change.from} is now called ${change.to}`;
    case "relationshipChanged":
      return `${resource}.${name}: ${differenceText(change.difference)}`;
    case "uniqueAdded":
      return `${resource}: ${change.fields.join(" and ")} together must be unique`;
    case "uniqueRemoved":
      return `${resource}: ${change.fields.join(" and ")} together need no longer be unique`;
    case "indexAdded":
      return `${resource} has a new index on ${change.fields.join(", ")}`;
    case "indexRemoved":
      return `${resource} has lost its index on ${change.fields.join(", ")}`;
  }
}

function differenceText({ option, before, after }: Difference): string {
  if (option === "required") return after ? "a value is now required" : "a value is no longer required";
  if (option === "unique") return after ? "values must now be unique" : "values need no longer be unique";
  if (before === null) return `${option} is now ${after}`;
  return after === null
    ? `${option} is no longer set; it was ${before}`
    : `${option} is now ${after}; it was ${before}`;
}

function relationshipText({ kind, name, target }: Relationship): string {
  const words = { belongsTo: "one", hasMany: "many", manyToMany: "many to many" } as const;
  return `${name} (${words[kind]} ${target})`;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
