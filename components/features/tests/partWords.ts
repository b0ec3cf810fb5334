import type { PartKind } from "#lib/vetting/propose/Proposal.ts";

/** What a test is about, as a heading. */
export const partWords: Readonly<Record<PartKind, string>> = {
  policy: "Policies",
  fieldPolicy: "Field policies",
  validation: "Validations",
  bound: "Bounds",
  required: "Required values",
  unique: "Unique values",
  writable: "Fixed values",
  transition: "Transitions",
  guard: "Guards",
  requirement: "Requirements",
  action: "Actions",
  calculation: "Calculations",
  aggregate: "Aggregates",
  onDelete: "Deleting",
  softDelete: "Restoring",
  tenant: "Tenants",
};
