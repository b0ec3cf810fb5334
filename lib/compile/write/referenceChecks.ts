import { type Entity, relationshipNamed } from "../../plan/catalog/Catalog.ts";
import type { LinkChange } from "../../plan/types.ts";
import { and, as, binary, column, constant, exists, isNull, not, or, select, table } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { listParameter } from "../read/condition.ts";
import type { Compilation, Scope } from "../read/Scope.ts";
import { visibleRows } from "../read/visibility.ts";
import type { Check, Refusal } from "./Check.ts";

/** What tells of a key that leads to no record. */
function noRecord(field: string): Refusal {
  return { code: "invalid_input", error: { field, rule: "exists", message: "There is no record with this key." } };
}

interface GivenReferences {
  /** The row as it was; null where it is new. */
  readonly before: Scope | null;
  readonly after: Scope;
  readonly given: readonly string[];
}

/**
 * That the keys which a caller gave lead to records that they may read. One that they may not is refused as one that
 * leads nowhere; the key that was there before may stay.
 */
export function referenceChecks(compilation: Compilation, { before, after, given }: GivenReferences): readonly Check[] {
  return given.flatMap((name): Check[] => {
    const field = after.entity.fields.get(name);
    const target = field?.reference && compilation.entity(field.reference.target);
    if (!field || !target || !isGuarded(compilation, target)) return [];
    const key = after.column(field.column);
    const kept = before && before !== after ? [binary(before.column(field.column), "is not distinct from", key)] : [];
    const condition = or([isNull(key), ...kept, isSeen(compilation, target, key)]);
    return [{ condition, refusal: noRecord(name) }];
  });
}

/** The same of the keys that links are given by. */
export function linkChecks(compilation: Compilation, entity: Entity, links: readonly LinkChange[]): readonly Check[] {
  return links.flatMap(({ relationship, mode, keys }): Check[] => {
    const target = compilation.entity(relationshipNamed(entity, relationship).target);
    if (mode === "remove" || !isGuarded(compilation, target)) return [];
    const alias = compilation.tableAlias();
    const source = listParameter(target.key, keys);
    const from = [{ kind: "elements", function: "unnest", source, alias } as const];
    const hidden = not(isSeen(compilation, target, column(alias, "value")));
    const condition = not(exists(select({ columns: [as("found", constant(1))], from, where: hidden })));
    return [{ condition, refusal: noRecord(relationship) }];
  });
}

/** Which of the links of a record may be cut: those that whoever asks can see; null where that is all. */
export function cuttableLinks(compilation: Compilation, target: Entity, key: Expression): Expression | null {
  return isGuarded(compilation, target) ? isSeen(compilation, target, key) : null;
}

/** Whether policies may hide records of the resource; without any, the database tells what leads nowhere. */
function isGuarded({ access }: Compilation, { name }: Entity): boolean {
  return access.rows(name, "read") !== null;
}

function isSeen(compilation: Compilation, target: Entity, key: Expression): Expression {
  const alias = compilation.tableAlias();
  const same = binary(column(alias, target.key.column), "=", key);
  const where = and([same, visibleRows(compilation, { entity: target, alias })]);
  return exists(select({ columns: [as("found", constant(1))], from: [table(target.resource.table, alias)], where }));
}
