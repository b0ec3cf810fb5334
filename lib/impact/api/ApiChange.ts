/**
 * What a change means for those who call: `breaking` refuses or no longer understands requests that were right, `risky`
 * may surprise (an answer of another shape, a request that is refused by what the records hold), `compatible` only adds.
 */
export type ApiSeverity = "breaking" | "risky" | "compatible";

export const apiSeverities: readonly ApiSeverity[] = ["breaking", "risky", "compatible"];

export type ApiChangeKind =
  | "resourceAdded"
  | "resourceRemoved"
  | "resourceRenamed"
  | "pathChanged"
  | "operationAdded"
  | "operationRemoved"
  | "operationHidden"
  | "operationRenamed"
  | "fieldAdded"
  | "fieldRemoved"
  | "fieldRenamed"
  | "fieldReplaced"
  | "typeChanged"
  | "valueNarrowed"
  | "valueWidened"
  | "choiceAdded"
  | "choiceRemoved"
  | "choiceRenamed"
  | "maybeNull"
  | "nullRefused"
  | "inputAdded"
  | "inputRequired"
  | "inputRemoved"
  | "identityRemoved"
  | "notFilterable"
  | "notSortable"
  | "pageNarrowed"
  | "ruleChanged"
  | "featureRemoved"
  | "formatChanged"
  | "limitChanged"
  | "originsChanged"
  | "graphqlNarrowed"
  | "signInChanged"
  | "processChanged"
  | "deprecated";

/** One operation as callers know it before the change: `GET /rest/v1/deals`, `Mutation.winDeal`, `POST /processes/bill`. */
export interface ApiOperation {
  readonly protocol: "rest" | "graphql" | "processes" | "hooks" | "auth";
  readonly name: string;
  /** The resource, process or hook, as figures of its use name it. */
  readonly resource: string | null;
  readonly action: string | null;
}

/** One difference between two APIs of an app, for those who call it. */
export interface ApiChange {
  readonly kind: ApiChangeKind;
  readonly severity: ApiSeverity;
  /** Of a resource or value object: its name before, or now where it is new; null for the app itself. */
  readonly resource: string | null;
  readonly action: string | null;
  /** As callers know it before, or now where it is new. */
  readonly field: string | null;
  /** Whose requests or answers it concerns, as they are before. */
  readonly operations: readonly ApiOperation[];
  /** Without its full stop. */
  readonly sentence: string;
}
