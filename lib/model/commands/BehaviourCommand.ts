import type {
  Action,
  Aggregate,
  Calculation,
  ConditionalUnique,
  FieldPolicy,
  Policy,
  Role,
  SearchLanguage,
  States,
  Validation,
} from "../types.ts";

/** One change of a list whose items have no names. */
export type ListChange<T> =
  /** At the end where no place is named. */
  | { readonly kind: "add"; readonly item: T; readonly at?: number }
  | { readonly kind: "set"; readonly index: number; readonly item: T }
  | { readonly kind: "remove"; readonly index: number }
  /** Before the item that is at `to` now; at the end where `to` is the number of items. */
  | { readonly kind: "move"; readonly index: number; readonly to: number };

/** `stored` in place of the stored name, which is found or kept. Whether it is deprecated stays as it is (`setDeprecation`). */
export type CalculationOptions = Omit<Calculation, "column" | "deprecated"> & { readonly stored?: boolean };
export type AggregateOptions = Omit<Aggregate, "column" | "deprecated"> & { readonly stored?: boolean };

/** `undefined` takes a feature away, an absent one stays as it is. */
export interface FeatureOptions {
  readonly softDelete?: true | undefined;
  readonly history?: true | undefined;
  readonly versioned?: { readonly required: boolean } | undefined;
  readonly timestamps?: true | undefined;
  readonly tenant?: string | undefined;
  readonly search?: { readonly fields: readonly string[]; readonly language: SearchLanguage } | undefined;
  readonly order?: readonly { readonly name: string; readonly descending: boolean }[] | undefined;
  readonly changeFeed?: true | undefined;
  readonly events?: true | undefined;
}

interface OfResource {
  readonly resource: string;
}

/** Commands on what an app works out, does and allows. Renames follow every mention. */
export type BehaviourCommand =
  /** Writes another text where an expression stands: `["Deal", "policies", "0", "expression"]`. */
  | { readonly type: "setExpression"; readonly path: readonly string[]; readonly to: string }
  /** Adds it or replaces the one of its name. */
  | (OfResource & { readonly type: "setCalculation"; readonly calculation: CalculationOptions })
  | (OfResource & { readonly type: "removeCalculation"; readonly calculation: string })
  | (OfResource & { readonly type: "renameCalculation"; readonly calculation: string; readonly to: string })
  | (OfResource & { readonly type: "setAggregate"; readonly aggregate: AggregateOptions })
  | (OfResource & { readonly type: "removeAggregate"; readonly aggregate: string })
  | (OfResource & { readonly type: "renameAggregate"; readonly aggregate: string; readonly to: string })
  | (OfResource & { readonly type: "changeValidations"; readonly change: ListChange<Validation> })
  | (OfResource & { readonly type: "changePolicies"; readonly change: ListChange<Policy> })
  | (OfResource & { readonly type: "changeFieldPolicies"; readonly change: ListChange<FieldPolicy> })
  | (OfResource & { readonly type: "setConditionalUniques"; readonly groups: readonly ConditionalUnique[] })
  /** Null takes the state machine away. */
  | (OfResource & { readonly type: "setStates"; readonly states: States | null })
  /** Adds it or replaces the one of its name; a standard action comes to be with it. */
  | (OfResource & { readonly type: "setAction"; readonly action: Action })
  | (OfResource & { readonly type: "removeAction"; readonly action: string })
  | (OfResource & { readonly type: "renameAction"; readonly action: string; readonly to: string })
  | (OfResource & {
      readonly type: "renameArgument";
      readonly action: string;
      readonly argument: string;
      readonly to: string;
    })
  | (OfResource & { readonly type: "setFeatures"; readonly features: FeatureOptions })
  | { readonly type: "setRoles"; readonly roles: readonly Role[] }
  | { readonly type: "renameRole"; readonly role: string; readonly to: string }
  /** `undefined`: nobody signs in to the app. */
  | { readonly type: "setUsers"; readonly users: string | undefined };
