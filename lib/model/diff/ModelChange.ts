import type { ActionName, Attribute, ChoiceOption, Index, Relationship, Resource, ValueObject } from "../types.ts";
import type { BehaviourChange } from "./BehaviourChange.ts";

/** One difference between two models. `path` is the place in the later one, or in the earlier one for what is gone. */
export type ModelChange = { readonly path: readonly string[] } & (
  | AppChange
  | ResourceChange
  | ValueObjectChange
  | AttributeChange
  | RelationshipChange
  | BehaviourChange
);

type AppChange = {
  readonly kind: "appChanged";
  readonly option: "name" | "describe";
  readonly before: string | undefined;
  readonly after: string | undefined;
};

type ResourceChange =
  | { readonly kind: "resourceAdded"; readonly resource: Resource }
  | { readonly kind: "resourceRemoved"; readonly resource: Resource }
  | { readonly kind: "resourceRenamed"; readonly from: string; readonly to: string }
  | {
      readonly kind: "resourceChanged";
      readonly option: "plural" | "describe" | "key";
      readonly before: Resource;
      readonly after: Resource;
    }
  | { readonly kind: "actionAdded" | "actionRemoved"; readonly resource: string; readonly action: ActionName }
  | { readonly kind: "uniqueAdded" | "uniqueRemoved"; readonly resource: string; readonly names: readonly string[] }
  | { readonly kind: "indexAdded" | "indexRemoved"; readonly resource: string; readonly index: Index };

type ValueObjectChange =
  | { readonly kind: "valueObjectAdded" | "valueObjectRemoved"; readonly valueObject: ValueObject }
  | { readonly kind: "valueObjectRenamed"; readonly from: string; readonly to: string }
  | { readonly kind: "valueObjectDescribed"; readonly before: ValueObject; readonly after: ValueObject };

export type AttributeOption = Exclude<keyof Attribute, "name" | "column">;

/** `resource` is the name of a resource or of a value object. */
type AttributeChange =
  | { readonly kind: "attributeAdded"; readonly resource: string; readonly attribute: Attribute }
  | { readonly kind: "attributeRemoved"; readonly resource: string; readonly attribute: Attribute }
  | { readonly kind: "attributeRenamed"; readonly resource: string; readonly from: string; readonly to: string }
  | {
      readonly kind: "attributeChanged";
      readonly resource: string;
      readonly option: AttributeOption;
      readonly before: Attribute;
      readonly after: Attribute;
    }
  | { readonly kind: "attributesReordered"; readonly resource: string; readonly names: readonly string[] }
  | {
      readonly kind: "optionAdded" | "optionRemoved";
      readonly resource: string;
      readonly attribute: string;
      readonly option: ChoiceOption;
    }
  | {
      readonly kind: "optionRenamed";
      readonly resource: string;
      readonly attribute: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: "optionsReordered"; readonly resource: string; readonly attribute: string };

export type RelationshipOption =
  | "target"
  | "via"
  | "required"
  | "unique"
  | "onDelete"
  | "describe"
  | "deprecated"
  | "owner"
  | "through";

type RelationshipChange =
  | { readonly kind: "relationshipAdded"; readonly resource: string; readonly relationship: Relationship }
  | { readonly kind: "relationshipRemoved"; readonly resource: string; readonly relationship: Relationship }
  | { readonly kind: "relationshipRenamed"; readonly resource: string; readonly from: string; readonly to: string }
  | {
      readonly kind: "relationshipChanged";
      readonly resource: string;
      readonly option: RelationshipOption;
      readonly before: Relationship;
      readonly after: Relationship;
    };
