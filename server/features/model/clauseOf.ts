import type { BehaviourSection } from "#lib/model/diff/BehaviourChange.ts";
import type { ModelChange } from "#lib/model/diff/ModelChange.ts";

/** A change in the few words that the subject of a commit has room for: `Rename Order.freight to shippingCost`. */
export function clauseOf(change: ModelChange): string {
  switch (change.kind) {
    case "appChanged":
      return change.option === "name" ? `Rename the app to ${change.after ?? ""}` : "Describe the app";
    case "resourceAdded":
      return `Add ${change.resource.name}`;
    case "resourceRemoved":
      return `Remove ${change.resource.name}`;
    case "resourceRenamed":
      return `Rename ${change.from} to ${change.to}`;
    case "resourceChanged":
      return change.option === "describe"
        ? `Describe ${change.after.name}`
        : `Change the ${change.option} of ${change.after.name}`;
    case "valueObjectAdded":
      return `Add ${change.valueObject.name}`;
    case "valueObjectRemoved":
      return `Remove ${change.valueObject.name}`;
    case "valueObjectRenamed":
      return `Rename ${change.from} to ${change.to}`;
    case "valueObjectDescribed":
      return `Describe ${change.after.name}`;
    case "actionAdded":
    case "actionRemoved":
      return `Change the actions of ${change.resource}`;
    case "uniqueAdded":
    case "uniqueRemoved":
      return `Change what is unique in ${change.resource}`;
    case "indexAdded":
    case "indexRemoved":
      return `Change the indexes of ${change.resource}`;
    case "attributeAdded":
      return `Add ${change.resource}.${change.attribute.name}`;
    case "attributeRemoved":
      return `Remove ${change.resource}.${change.attribute.name}`;
    case "attributeRenamed":
    case "relationshipRenamed":
      return `Rename ${change.resource}.${change.from} to ${change.to}`;
    case "attributeChanged":
      return `${verb(change.option)} ${change.resource}.${change.after.name}`;
    case "attributesReordered":
      return `Reorder the attributes of ${change.resource}`;
    case "optionAdded":
    case "optionRemoved":
    case "optionRenamed":
    case "optionsReordered":
      return `Change the options of ${change.resource}.${change.attribute}`;
    case "relationshipAdded":
      return `Add ${change.resource}.${change.relationship.name}`;
    case "relationshipRemoved":
      return `Remove ${change.resource}.${change.relationship.name}`;
    case "relationshipChanged":
      return `${verb(change.option)} ${change.resource}.${change.after.name}`;
    case "behaviourAdded":
    case "behaviourRemoved":
    case "behaviourChanged":
    case "behaviourRenamed":
      if (change.section === "processes" || change.section === "functions") {
        return `${verbs[change.kind]} ${change.name ?? change.section}`;
      }
      return `Change the ${sections[change.section]} of ${change.resource ?? "the app"}`;
  }
}

const verbs = {
  behaviourAdded: "Add",
  behaviourRemoved: "Remove",
  behaviourChanged: "Change",
  behaviourRenamed: "Rename a process or function to",
} as const;

const sections: Readonly<Record<BehaviourSection, string>> = {
  roles: "roles",
  users: "users",
  calculations: "calculations",
  aggregates: "aggregates",
  validations: "checks",
  states: "states",
  actions: "actions",
  policies: "policies",
  fieldPolicies: "policies",
  conditionalUniques: "unique groups",
  features: "features",
  api: "API",
  processes: "processes",
  functions: "functions",
  connections: "connections",
  auth: "sign-in",
};

function verb(option: string): string {
  return option === "describe" ? "Describe" : "Change";
}
