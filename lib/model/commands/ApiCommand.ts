import type { AppApi, Deprecation, OperationSettings, ResourceApi } from "../types.ts";

/** `undefined` takes a setting away, an absent one stays as it is. */
export type ResourceApiOptions = {
  readonly [K in Exclude<keyof ResourceApi, "operations">]?: ResourceApi[K] | undefined;
};

/** `undefined` takes a setting away, an absent one stays as it is. */
export type AppApiOptions = { readonly [K in keyof AppApi]?: AppApi[K] | undefined };

/** Commands on how an app shows in its APIs. */
export type ApiCommand =
  | { readonly type: "setAppApi"; readonly api: AppApiOptions }
  | { readonly type: "setResourceApi"; readonly resource: string; readonly api: ResourceApiOptions }
  /** Replaces what is said of the action; one that says nothing shows as every action does. */
  | { readonly type: "setOperation"; readonly resource: string; readonly operation: OperationSettings }
  /** Of an attribute, relationship, calculation or aggregate, or a part of a value object. */
  | {
      readonly type: "setDeprecation";
      readonly resource: string;
      readonly field: string;
      readonly deprecated: Deprecation | undefined;
    };
