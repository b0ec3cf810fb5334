import type { Outcome } from "./actorFacts.ts";

/** Which rule decided whether an actor may do something with a record, and what each rule says of it. */
export interface Explanation {
  readonly resource: string;
  readonly action: string;
  readonly allowed: boolean;
  /** One sentence. */
  readonly reason: string;
  readonly decided: Decision;
  /** Those that speak of the action, in the order of the model. */
  readonly policies: readonly ExplainedPolicy[];
  readonly fields: readonly ExplainedField[];
}

export type Decision =
  /** The policy with the index: it alone allows, or it forbids. */
  | { readonly by: "policy"; readonly index: number }
  /** No policy that speaks of the action allows it. */
  | { readonly by: "default" }
  /** Nobody changes what they may not read: `decided` is that of the read. */
  | { readonly by: "read"; readonly decided: Exclude<Decision, { readonly by: "read" }> }
  | { readonly by: "tenant" }
  /** A service key, which policies do not concern. */
  | { readonly by: "key" };

export interface ExplainedPolicy {
  /** Its place among the policies of the resource. */
  readonly index: number;
  readonly effect: "allow" | "forbid";
  readonly actions: readonly string[];
  readonly expression: string;
  /** The expression in words. */
  readonly words: string;
  readonly describe?: string;
  /** Of this record; `unknown` allows nothing and forbids. */
  readonly outcome: ExplainedOutcome;
  /** The same whatever the record. */
  readonly fixed: boolean;
}

export type ExplainedOutcome = "true" | "false" | "unknown";

export interface ExplainedField {
  readonly name: string;
  readonly read: boolean;
  readonly write: boolean;
  /** Places of the field policies that name it. */
  readonly policies: readonly number[];
}

export function outcomeName(outcome: Outcome): ExplainedOutcome {
  if (outcome === null) return "unknown";
  return outcome ? "true" : "false";
}
