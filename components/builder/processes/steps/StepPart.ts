import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import type { Process, Step, StepKind } from "#lib/model/processTypes.ts";

export type StepOf<Kind extends StepKind> = Extract<Step, { readonly kind: Kind }>;

/** `undefined` takes an option away. */
export type StepChange<Of extends Step> = { readonly [K in keyof Of]?: Of[K] | undefined };

/** What the form of a step is given. */
export interface StepPart<Kind extends StepKind> {
  readonly process: Process;
  readonly step: StepOf<Kind>;
  /** Its place in the model. */
  readonly path: readonly string[];
  /** What its expressions see. */
  readonly scope: ExpressionScope;
  readonly set: (change: StepChange<StepOf<Kind>>) => void;
}
