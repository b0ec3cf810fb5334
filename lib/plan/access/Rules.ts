import type { Expression } from "../../expression/Expression.ts";
import type { Policy } from "../../model/types.ts";

/** The policies of one resource, checked. */
export interface Rules {
  /** What keeps the records of one of the app's customers from the others; null where they are not told apart. */
  readonly tenant: Expression | null;
  readonly policies: readonly PolicyRule[];
  readonly fields: readonly FieldRule[];
}

export interface PolicyRule extends Pick<Policy, "effect" | "actions"> {
  readonly expression: Expression;
}

export interface FieldRule {
  /** Names of fields as the API has them, and of relationships that have none. */
  readonly fields: readonly string[];
  readonly read: Expression | null;
  readonly write: Expression | null;
}

/** Without a policy nothing is allowed. */
export const noRules: Rules = { tenant: null, policies: [], fields: [] };

export interface NamedAction {
  readonly name: string;
  readonly type: string;
}

/** Whether a policy speaks of an action: by its name, by its type or of all. */
export function names({ actions }: Pick<PolicyRule, "actions">, { name, type }: NamedAction): boolean {
  return actions.some((action) => action === "*" || action === name || action === type);
}
