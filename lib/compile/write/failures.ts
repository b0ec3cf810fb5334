import { aggregate, call, cast, isNotNull } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";

/** What is refused of many rows, as JSON: `[["<which>", "1,4"], …]`; null where nothing is. */
export function failures(which: Expression, failed: Expression): Expression {
  const pair = call("json_build_array", cast(which, "text"), failed);
  return cast(aggregate("json_agg", pair, { filter: isNotNull(failed) }), "text");
}
