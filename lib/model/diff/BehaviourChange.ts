/** A part of what an app works out, does or allows. */
export type BehaviourSection =
  | "roles"
  | "users"
  | "calculations"
  | "aggregates"
  | "validations"
  | "states"
  | "actions"
  | "policies"
  | "fieldPolicies"
  | "conditionalUniques"
  | "features"
  | "api"
  | "processes"
  | "functions"
  | "connections"
  | "auth";

/** One difference in what a resource works out, does or allows; null stands for the app itself. */
export interface BehaviourChange {
  readonly kind: "behaviourAdded" | "behaviourRemoved" | "behaviourChanged" | "behaviourRenamed";
  readonly resource: string | null;
  readonly section: BehaviourSection;
  /** What it is called, where it has a name. */
  readonly name?: string;
  /** For people, without its full stop. */
  readonly sentence: string;
}
