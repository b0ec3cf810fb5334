import type { Attribute, Relationship, Resource } from "../types.ts";

/** One difference between two models. `path` is where it is found in the model after, or before where it is gone. */
export type ModelChange =
  | { readonly kind: "appChanged"; readonly path: readonly string[]; readonly difference: Difference }
  | {
      readonly kind: "resourceAdded" | "resourceRemoved";
      readonly path: readonly string[];
      readonly resource: Resource;
    }
  | { readonly kind: "resourceRenamed"; readonly path: readonly string[]; readonly from: string; readonly to: string }
  | { readonly kind: "resourceChanged"; readonly path: readonly string[]; readonly difference: Difference }
  | {
      readonly kind: "attributeAdded" | "attributeRemoved";
      readonly path: readonly string[];
      readonly attribute: Attribute;
    }
  | { readonly kind: "attributeRenamed"; readonly path: readonly string[]; readonly from: string; readonly to: string }
  | { readonly kind: "attributeChanged"; readonly path: readonly string[]; readonly difference: Difference }
  | { readonly kind: "attributesReordered"; readonly path: readonly string[] }
  | {
      readonly kind: "optionAdded" | "optionRemoved";
      readonly path: readonly string[];
      readonly option: string;
    }
  | {
      readonly kind: "optionRenamed";
      readonly path: readonly string[];
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: "relationshipAdded" | "relationshipRemoved";
      readonly path: readonly string[];
      readonly relationship: Relationship;
    }
  | {
      readonly kind: "relationshipRenamed";
      readonly path: readonly string[];
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: "relationshipChanged"; readonly path: readonly string[]; readonly difference: Difference }
  | {
      readonly kind: "uniqueAdded" | "uniqueRemoved" | "indexAdded" | "indexRemoved";
      readonly path: readonly string[];
      /** Names of fields; a minus sign in front of one is descending. */
      readonly fields: readonly string[];
    };

/** One option that is not what it was, as people read it; null where it is not set. */
export interface Difference {
  readonly option: string;
  readonly before: string | null;
  readonly after: string | null;
}
