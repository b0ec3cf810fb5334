import type { RecordPath } from "../../expression/Expression.ts";
import { as, scalar, select } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { relatedRows } from "../read/related.ts";
import { isJoined, type Scope } from "../read/Scope.ts";
import { recordNamed, type Sight } from "./Sight.ts";

/**
 * Something of the record at the end of a path; null where there is none. Tables are joined where they can be, else the
 * record is fetched by a subquery.
 */
export function ofRecord(
  sight: Sight,
  { root, relationships }: Pick<RecordPath, "root" | "relationships">,
  use: (scope: Scope) => Expression,
): Expression {
  return ofPath(sight, { scope: recordNamed(sight, root), relationships }, use);
}

interface Path {
  readonly scope: Scope;
  readonly relationships: readonly string[];
}

function ofPath(sight: Sight, { scope, relationships }: Path, use: (scope: Scope) => Expression): Expression {
  const { compilation } = sight;
  const [next, ...further] = relationships;
  if (next === undefined) return use(scope);
  if (isJoined(scope)) return use(scope.hop(relationships, compilation));
  const rows = relatedRows(compilation, scope, next);
  const value = ofPath(sight, { scope: rows.scope, relationships: further }, use);
  const columns = [as("value", value)];
  return scalar(select({ columns, from: rows.from, joins: rows.scope.joins, where: rows.where, limit: 1 }));
}
