import type { ValueType } from "../../expression/ValueType.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Compilation, Scope } from "../read/Scope.ts";

/**
 * What an expression sees while it becomes SQL. With a compilation that has an actor's access, what that actor may not
 * see counts as absent; `Compilation.asSystem` sees everything.
 */
export interface Sight {
  readonly compilation: Compilation;
  /** The root `record`, and the variables of quantifiers. */
  readonly records: ReadonlyMap<string, Scope>;
  /** Elements of lists, bound by comprehensions. */
  readonly variables: ReadonlyMap<string, Variable>;
}

export interface Variable {
  readonly type: ValueType;
  readonly value: Expression;
}

export function withRecord(sight: Sight, name: string, scope: Scope): Sight {
  return { ...sight, records: new Map([...sight.records, [name, scope]]) };
}

export function withVariable(sight: Sight, name: string, variable: Variable): Sight {
  return { ...sight, variables: new Map([...sight.variables, [name, variable]]) };
}

export function recordNamed({ records }: Sight, name: string): Scope {
  const scope = records.get(name);
  if (!scope) throw new Error(`The expression names the record ${name}, which is not in sight.`);
  return scope;
}
