import type { Action, Resource } from "#lib/model/types.ts";

/** What every part of an action's inspector is given. */
export interface ActionPart {
  readonly resource: Resource;
  readonly action: Action;
  /** Where problems of the action stand. */
  readonly path: readonly string[];
  /** Options that are undefined go. */
  set(change: { readonly [K in keyof Action]?: Action[K] | undefined }): boolean;
}
