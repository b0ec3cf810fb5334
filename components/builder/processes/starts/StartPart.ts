import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import type { Process, Start } from "#lib/model/processTypes.ts";

/** What the form of a start is given. */
export interface StartPart<Of extends Start> {
  readonly process: Process;
  readonly start: Of;
  readonly path: readonly string[];
  readonly scope: ExpressionScope;
  /** `undefined` takes an option away. */
  readonly set: (change: { readonly [K in keyof Of]?: Of[K] | undefined }) => void;
}
