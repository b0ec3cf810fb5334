import type { Condition } from "../../plan/types.ts";
import { binary, call, cast, parameter, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { TableScope } from "./Scope.ts";

/**
 * Whether a record holds the words asked for, as web search writes them: `red "small car" -used or bike`. The left side
 * is what `searchIndex` indexes; fields that may not be seen are not searched.
 */
export function searchCondition(scope: TableScope, condition: Extract<Condition, { kind: "search" }>): Expression {
  const { entity } = scope.hop(condition.path);
  const { search } = entity.resource.features ?? {};
  if (!search) throw new Error(`${entity.name} cannot be searched.`);
  const language = cast(text(search.language), "regconfig");
  const texts = search.fields.map(
    (name): Expression => call("coalesce", scope.at([...condition.path, name]).expression, text("")),
  );
  const joined = texts.reduce((before, each) => binary(binary(before, "||", text(" ")), "||", each));
  const query = call("websearch_to_tsquery", language, parameter(condition.parameter, "text"));
  return binary(call("to_tsvector", language, joined), "@@", query);
}
