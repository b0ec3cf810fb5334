import type { RecheckShape } from "../../plan/types.ts";
import { as, binary, column, constant, derived, select, table } from "../../sql/build.ts";
import type { Statement } from "../../sql/Sql.ts";
import { listParameter } from "../read/condition.ts";
import { arrayOf } from "../read/rowJson.ts";
import { failures } from "./failures.ts";
import { failedColumn, type Write } from "./Write.ts";

/** Shows what the statement before has changed, in the order of its keys, and what is to be said against it. */
export function recheck(write: Write, { of, keys, selection }: RecheckShape): Statement {
  const { compilation, entity, alias } = write;
  const wanted = compilation.tableAlias();
  const key = write.row.column(entity.key.column);
  const source = listParameter(entity.key, keys);
  write.checkAfter(write.row, { isNew: of === "create" });
  const rows = select({
    columns: [
      write.json(selection, alias),
      as("key", key),
      as("place", column(wanted, "number")),
      ...(write.checks.isEmpty ? [] : [as(failedColumn, write.checks.failed)]),
    ],
    from: [{ kind: "elements", function: "unnest", source, alias: wanted }, table(entity.resource.table, alias)],
    where: binary(key, "=", column(wanted, "value")),
  });
  const shown = compilation.rowAlias();
  const orderBy = [{ expression: column(shown, "place"), descending: false }];
  const which = of === "create" ? binary(column(shown, "place"), "-", constant(1)) : column(shown, "key");
  return select({
    columns: [
      as("json", arrayOf(column(shown, "json"), { orderBy })),
      ...write.verdict(failures(which, column(shown, failedColumn))),
    ],
    from: [derived(rows, shown)],
  });
}
