import type { ActionName, Index } from "../types.ts";
import { describeAttribute, describeAttributeChange } from "./describeAttribute.ts";
import { said } from "./described.ts";
import { describeRelationship, describeRelationshipChange } from "./describeRelationship.ts";
import type { ModelChange } from "./ModelChange.ts";

/** A change as a sentence for people, without its full stop: `Order.freight is now called shippingCost`. */
export function describeChange(change: ModelChange): string {
  switch (change.kind) {
    case "appChanged":
      return change.option === "name"
        ? `The app is now called ${change.after ?? ""}`
        : said("The app", change.before, change.after);
    case "resourceAdded":
      return `${change.resource.name} is new${withNames(change.resource.attributes.map(({ name }) => name))}`;
    case "resourceRemoved":
      return `${change.resource.name} is removed; its rows stay in the database`;
    case "resourceRenamed":
      return `${change.from} is now called ${change.to}`;
    case "resourceChanged":
      return describeResourceChange(change);
    case "valueObjectAdded":
      return `${change.valueObject.name} is a new value object${withNames(change.valueObject.attributes.map(({ name }) => name))}`;
    case "valueObjectRemoved":
      return `The value object ${change.valueObject.name} is removed`;
    case "valueObjectRenamed":
      return `The value object ${change.from} is now called ${change.to}`;
    case "valueObjectDescribed":
      return said(change.after.name, change.before.describe, change.after.describe);
    case "actionAdded":
      return `${change.resource} can now be ${participles[change.action]}`;
    case "actionRemoved":
      return `${change.resource} can no longer be ${participles[change.action]}`;
    case "uniqueAdded":
      return `${sentenceList(change.names)} together are now unique in ${change.resource}`;
    case "uniqueRemoved":
      return `${sentenceList(change.names)} together need no longer be unique in ${change.resource}`;
    case "indexAdded":
      return `${change.resource} is now indexed by ${indexNames(change.index)}`;
    case "indexRemoved":
      return `${change.resource} is no longer indexed by ${indexNames(change.index)}`;
    case "attributeAdded":
      return `${change.resource} has a new ${describeAttribute(change.attribute)}`;
    case "attributeRemoved":
      return `${change.resource}.${change.attribute.name} is removed; its values stay in the database`;
    case "attributeRenamed":
    case "relationshipRenamed":
      return `${change.resource}.${change.from} is now called ${change.to}`;
    case "attributeChanged":
      return describeAttributeChange(change);
    case "attributesReordered":
      return `The attributes of ${change.resource} stand in another order`;
    case "optionAdded":
      return `${change.resource}.${change.attribute} has a new option, ${change.option.name}`;
    case "optionRemoved":
      return `${change.resource}.${change.attribute} no longer has the option ${change.option.name}`;
    case "optionRenamed":
      return `The option ${change.from} of ${change.resource}.${change.attribute} is now called ${change.to}`;
    case "optionsReordered":
      return `The options of ${change.resource}.${change.attribute} stand in another order`;
    case "relationshipAdded":
      return `${change.resource} ${describeRelationship(change.relationship)}`;
    case "relationshipRemoved":
      return `${change.resource}.${change.relationship.name} is removed`;
    case "relationshipChanged":
      return describeRelationshipChange(change);
    case "behaviourAdded":
    case "behaviourRemoved":
    case "behaviourChanged":
    case "behaviourRenamed":
      return change.sentence;
  }
}

const participles: Record<ActionName, string> = {
  read: "read",
  create: "created",
  update: "updated",
  destroy: "destroyed",
};

function describeResourceChange(change: Extract<ModelChange, { kind: "resourceChanged" }>): string {
  const { name } = change.after;
  switch (change.option) {
    case "plural":
      return `The plural of ${name} is now ${change.after.plural}`;
    case "describe":
      return said(name, change.before.describe, change.after.describe);
    case "key":
      return `${name} has another key: ${change.after.key.type.kind} in the column ${change.after.key.column}`;
  }
}

function withNames(names: readonly string[]): string {
  if (names.length === 0) return "";
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return `, with ${sentenceList(shown)}`;
}

function sentenceList(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function indexNames({ fields }: Index): string {
  return sentenceList(fields.map(({ name, descending }) => (descending ? `${name} descending` : name)));
}
