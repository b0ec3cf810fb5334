import { isToOne } from "../../../model/relationships/isToOne.ts";
import { type Entity, relationshipNamed } from "../../../plan/catalog/Catalog.ts";
import { and, as, binary, column, constant, select, table } from "../../../sql/build.ts";
import { printAlone } from "../../../sql/print.ts";
import type { Expression, FromItem } from "../../../sql/Sql.ts";
import { relatedRows } from "../../read/related.ts";
import { type Compilation, type Scope, TableScope } from "../../read/Scope.ts";
import type { Walk } from "./readsOf.ts";
import { type ChangedRow, linked } from "./touched.ts";

/**
 * Statements that hold the rows next to one that changes as they are until the transaction ends. Without them two
 * transactions that change two neighbours on a walk would each work out a stored field from what the other is about to
 * change, and none would see both.
 */
export function holdOnward(compilation: Compilation, row: Scope, walks: readonly Walk[]): readonly string[] {
  return longest(walks.map((walk) => toOnePart(row, compilation, walk))).map((walk) =>
    hold(along(compilation, row, walk)),
  );
}

/** The same from a link: the row it leads to, and on from there. */
export function holdLinked(
  compilation: Compilation,
  { target, where }: { readonly target: TableScope; readonly where: Expression },
  walks: readonly Walk[],
): readonly string[] {
  const onward = longest(walks.map((walk) => toOnePart(target, compilation, walk)));
  const { entity, alias } = target;
  const all = onward.length > 0 ? onward.map((walk) => along(compilation, target, walk)) : [none];
  return all.map((further) =>
    hold({
      from: [table(entity.resource.table, alias), ...further.from],
      where: [where, ...further.where],
      entities: [entity, ...further.entities],
    }),
  );
}

/** The rows between the one whose field is stored and the one that changes. */
export function holdBack(
  compilation: Compilation,
  { scope, walk, row }: { readonly scope: TableScope; readonly walk: Walk; readonly row: ChangedRow },
): readonly string[] {
  const [first = "", ...rest] = walk;
  const last = rest.at(-1);
  if (last === undefined) return [];
  const start = new TableScope(compilation, compilation.entity(relationshipNamed(scope.entity, first).target));
  const between = along(compilation, start, rest.slice(0, -1));
  const end = between.end ?? start;
  const from = [table(start.entity.resource.table, start.alias), ...between.from];
  const where = [...between.where, linked(compilation, end, last, row)];
  return [hold({ from, where, entities: [start.entity, ...between.entities] })];
}

interface Rows {
  readonly from: readonly FromItem[];
  readonly where: readonly (Expression | null)[];
  readonly entities: readonly Entity[];
}

const none: Rows = { from: [], where: [], entities: [] };

/** The rows that a walk leads along. */
function along(compilation: Compilation, start: Scope, walk: Walk): Rows & { readonly end: TableScope | null } {
  const from: FromItem[] = [];
  const where: (Expression | null)[] = [];
  const entities: Entity[] = [];
  let end: TableScope | null = null;
  for (const step of walk) {
    const rows = relatedRows(compilation, end ?? start, step);
    from.push(...rows.from);
    where.push(rows.where);
    entities.push(rows.scope.entity);
    end = rows.scope;
  }
  return { from, where, entities, end };
}

function hold({ from, where, entities }: Rows): string {
  const query = select({ columns: [as("held", constant(1))], from, where: and(where) });
  // Rows with stored fields of their own may have to be written next: two that share them would wait for each other.
  const lock = entities.some(storesFields) ? "FOR NO KEY UPDATE" : "FOR SHARE";
  return `${printAlone(query).replace(/^SELECT /, "PERFORM ")} ${lock}`;
}

function storesFields({ resource: { calculations = [], aggregates = [] } }: Entity): boolean {
  return [...calculations, ...aggregates].some(({ column: stored }) => stored !== undefined);
}

/** As far as a walk leads to single records. */
function toOnePart(start: Scope, compilation: Compilation, walk: Walk): Walk {
  let { entity } = start;
  let length = 0;
  for (const step of walk) {
    const relationship = relationshipNamed(entity, step);
    if (!isToOne(relationship)) break;
    entity = compilation.entity(relationship.target);
    length += 1;
  }
  return walk.slice(0, length);
}

/** Without those that are the beginning of another one, and without the empty one. */
function longest(walks: readonly Walk[]): readonly Walk[] {
  const names = [...new Set(walks.map((walk) => walk.join(".")))].filter((name) => name !== "");
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}.`))).map((name) => name.split("."));
}

/** Where a link leads to. */
export function linkTarget(
  compilation: Compilation,
  { scope, walk, alias }: { readonly scope: TableScope; readonly walk: Walk; readonly alias: string },
): { readonly target: TableScope; readonly where: Expression } {
  let { entity } = scope;
  for (const step of walk.slice(0, -1)) entity = compilation.entity(relationshipNamed(entity, step).target);
  const last = relationshipNamed(entity, walk.at(-1) ?? "");
  if (last.kind !== "manyToMany") throw new Error(`${last.name} has no links.`);
  const target = new TableScope(compilation, compilation.entity(last.target));
  return { target, where: binary(target.column(target.entity.key.column), "=", column(alias, last.targetColumn)) };
}
