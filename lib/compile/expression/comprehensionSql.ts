import type { Comprehension } from "../../expression/Expression.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import {
  aggregate,
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  exists,
  isNull,
  not,
  scalar,
  select,
  text,
} from "../../sql/build.ts";
import type { Expression, SelectColumn } from "../../sql/Sql.ts";
import { withValues } from "./bound.ts";
import { type Sight, withVariable } from "./Sight.ts";
import type { SqlOf } from "./SqlOf.ts";
import { isJson, listType } from "./sqlType.ts";

/** A macro over the elements of a list; null where the list is. */
export function comprehensionSql(sight: Sight, comprehension: Comprehension, sqlOf: SqlOf): Expression {
  const { macro, list, variable, body } = comprehension;
  const of = list.type.kind === "list" ? list.type.of : ({ kind: "null" } as const);
  return withValues(sight.compilation, [sqlOf(sight, list)], (source) => {
    const alias = sight.compilation.rowAlias();
    const item = column(alias, "value");
    const inner = sqlOf(withVariable(sight, variable, { type: of, value: item }), body);
    const elements = {
      kind: "elements",
      function: isJson(of) ? "jsonb_array_elements" : "unnest",
      source,
      alias,
    } as const;
    const query = (columns: readonly SelectColumn[], where: Expression | null) =>
      select({ columns, from: [elements], where });
    const some = (where: Expression) => exists(query([as("found", constant(1))], where));
    const gathered = (type: ValueType, value: Expression, where: Expression | null) => {
      const orderBy = [{ expression: column(alias, "number"), descending: false }];
      const items = aggregate(isJson(type) ? "jsonb_agg" : "array_agg", value, { orderBy });
      const none = isJson(type) ? cast(text("[]"), "jsonb") : cast(text("{}"), listType(type));
      return call("coalesce", scalar(query([as("items", items)], where)), none);
    };
    const result = (): Expression => {
      switch (macro) {
        case "exists":
          return some(inner);
        case "all":
          return not(some(not(call("coalesce", inner, constant(false)))));
        case "existsOne":
          return binary(scalar(query([as("count", aggregate("count", null))], inner)), "=", constant(1));
        case "filter":
          return gathered(of, item, inner);
        case "map":
          return gathered(body.type, inner, null);
      }
    };
    return caseOf([{ when: isNull(source), value: constant(null) }], result());
  });
}
