import { as, column, derived, scalar, select } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Compilation } from "../read/Scope.ts";

/**
 * An expression that uses some values more than once. Values that take work are worked out once and called by a name:
 * else the text and the time of nested expressions would double with each level.
 */
export function withValues<Values extends readonly Expression[]>(
  compilation: Compilation,
  values: Values,
  use: (...values: { readonly [Index in keyof Values]: Expression }) => Expression,
): Expression {
  const alias = { name: null as string | null };
  const columns = values.flatMap((value, index) => (isCheap(value) ? [] : [as(`v${index + 1}`, value)]));
  const names = values.map((value, index) => {
    if (isCheap(value)) return value;
    alias.name ??= compilation.rowAlias();
    return column(alias.name, `v${index + 1}`);
  });
  const result = use(...(names as unknown as { readonly [Index in keyof Values]: Expression }));
  if (alias.name === null) return result;
  // The limit keeps PostgreSQL from putting the values in the places of their names again.
  const source = derived(select({ columns, limit: 1 }), alias.name);
  return scalar(select({ columns: [as("value", result)], from: [source] }));
}

function isCheap(value: Expression): boolean {
  switch (value.kind) {
    case "column":
    case "constant":
    case "text":
    case "parameter":
    case "contextParameter":
      return true;
    case "cast":
    case "collate":
      return isCheap(value.operand);
    default:
      return false;
  }
}
