import { relationshipNamed } from "../../plan/catalog/Catalog.ts";
import type { LinkChange } from "../../plan/types.ts";
import { and, anyOf, as, binary, call, column, select } from "../../sql/build.ts";
import type { CommonTable, Expression } from "../../sql/Sql.ts";
import { listParameter } from "../read/condition.ts";
import type { Compilation, Scope } from "../read/Scope.ts";
import { allowed } from "../read/visibility.ts";
import { cuttableLinks } from "./referenceChecks.ts";

/** Where a statement keeps the row that it changed. */
export const changedRow = "gantry_row";

/** The statements that change rows of join tables for the changed row, which is in scope under that name. */
export function linkTables(compilation: Compilation, links: readonly LinkChange[], row: Scope): readonly CommonTable[] {
  return links.flatMap((link, index) => linkChange(compilation, link, { row, number: index + 1 }));
}

function linkChange(
  compilation: Compilation,
  link: LinkChange,
  { row, number }: { readonly row: Scope; readonly number: number },
): readonly CommonTable[] {
  const relationship = relationshipNamed(row.entity, link.relationship);
  if (relationship.kind !== "manyToMany") throw new Error(`${link.relationship} has no links.`);
  const { sourceColumn, targetColumn } = relationship;
  const target = compilation.entity(relationship.target);
  const keys = listParameter(target.key, link.keys);
  const source = row.column(row.entity.key.column);
  const from = [{ kind: "common", name: changedRow }] as const;
  const alias = compilation.tableAlias();
  const base = { table: relationship.table, alias, returning: [] } as const;
  const seen = allowed(compilation, row, compilation.access.fieldRead(row.entity.name, link.relationship));
  const others = (negated: boolean): Expression => {
    const ofRow = binary(column(alias, sourceColumn), "=", source);
    const linked = column(alias, targetColumn);
    // Links that whoever asks cannot see stay as they are.
    return and([ofRow, anyOf(linked, keys, negated), seen, cuttableLinks(compilation, target, linked)]) ?? ofRow;
  };
  const remove = (negated: boolean): CommonTable => ({
    name: `gantry_unlink_${number}`,
    statement: { kind: "delete", ...base, using: from, where: others(negated) },
  });
  const pairs = select({ columns: [as("source", source), as("target", call("unnest", keys))], from });
  const add: CommonTable = {
    name: `gantry_link_${number}`,
    statement: {
      kind: "insert",
      ...base,
      columns: [sourceColumn, targetColumn],
      source: { select: pairs },
      skipConflicts: true,
    },
  };
  switch (link.mode) {
    case "set":
      return [remove(true), add];
    case "add":
      return [add];
    case "remove":
      return [remove(false)];
  }
}
