import { proposedIndex } from "#lib/model/indexes/servingIndex.ts";
import type { Index } from "#lib/model/types.ts";
import { shapeNeeds } from "#lib/plan/advice/shapeNeeds.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import { arrayLiteral } from "#lib/plan/values/arrayLiteral.ts";
import type { Database } from "../exec/Database.ts";
import type { SlowStatement } from "./SlowStatements.ts";

/** A smaller table is read as a whole faster than by an index. */
const fewRows = 1000;

export interface SlowExplanation {
  /** The tables that PostgreSQL would read as a whole, the largest first. */
  readonly scans: readonly { readonly table: string; readonly rows: number }[];
  /** Whether it would sort what it has read. */
  readonly sorts: boolean;
  /** What PostgreSQL says, line by line. */
  readonly plan: readonly string[];
  /** Indexes of the model that would serve. */
  readonly proposals: readonly { readonly resource: string; readonly index: Index }[];
}

interface Explaining {
  readonly catalog: Catalog;
  readonly database: Database;
}

/** How PostgreSQL would run a statement whatever its values, and which index would spare it work. Runs nothing. */
export async function explainSlow(
  { text, shape, access }: SlowStatement,
  { catalog, database }: Explaining,
): Promise<SlowExplanation> {
  const [[json = "[]"] = []] = await database.inspect(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`, []);
  const lines = await database.inspect(`EXPLAIN (GENERIC_PLAN, COSTS) ${text}`, []);
  const nodes = nodesOf(JSON.parse(json));
  const keys = await keyIndexes(nodes, database);
  const readsAll = ({ type, along }: PlanNode) => type === "Seq Scan" || (along !== null && keys.has(along));
  const tables = [...new Set(nodes.flatMap((node) => (readsAll(node) ? (node.table ?? []) : [])))];
  const scans = (await rowsOf(tables, database)).toSorted((a, b) => b.rows - a.rows);
  const large = new Set(scans.flatMap(({ table, rows }) => (rows >= fewRows ? [table] : [])));
  const needs = shapeNeeds(catalog, shape, access).filter(({ resource }) => large.has(resource.table));
  const proposals = needs.flatMap(({ resource, need }) => {
    const index = proposedIndex(resource, need);
    return index ? [{ resource: resource.name, index }] : [];
  });
  return {
    scans,
    sorts: nodes.some(({ type }) => type === "Sort"),
    plan: lines.map(([line = ""]) => line),
    proposals,
  };
}

interface PlanNode {
  readonly type: string;
  readonly table: string | null;
  /** The index along which it goes through all rows, leaving out those that do not fit. */
  readonly along: string | null;
}

/** All nodes of a plan as PostgreSQL prints it. */
function nodesOf(json: unknown): readonly PlanNode[] {
  if (Array.isArray(json)) return json.flatMap(nodesOf);
  if (typeof json !== "object" || json === null) return [];
  const type: unknown = Reflect.get(json, "Node Type");
  const table: unknown = Reflect.get(json, "Relation Name");
  const index: unknown = Reflect.get(json, "Index Name");
  const passes = Reflect.has(json, "Filter") && !Reflect.has(json, "Index Cond");
  const along = typeof index === "string" && passes ? index : null;
  const own = typeof type === "string" ? [{ type, table: typeof table === "string" ? table : null, along }] : [];
  return [...own, ...nodesOf(Reflect.get(json, "Plan")), ...nodesOf(Reflect.get(json, "Plans"))];
}

/** To go along the keys is to go through the table; another index is there for the order that it gives. */
async function keyIndexes(nodes: readonly PlanNode[], database: Database): Promise<ReadonlySet<string>> {
  const names = [...new Set(nodes.flatMap(({ along }) => along ?? []))];
  if (names.length === 0) return new Set();
  const rows = await database.inspect(
    `SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE indisprimary AND relname = ANY ($1::text[])`,
    [arrayLiteral(names)],
  );
  return new Set(rows.map(([name = ""]) => name));
}

/** About how many rows tables have, as far as PostgreSQL has counted. */
async function rowsOf(tables: readonly string[], database: Database) {
  if (tables.length === 0) return [];
  const rows = await database.inspect(
    `SELECT relname, GREATEST(reltuples, pg_relation_size(oid) / 200)::bigint
     FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname = ANY ($1::text[])`,
    [arrayLiteral(tables)],
  );
  return rows.map(([table = "", count = "0"]) => ({ table, rows: Number(count) }));
}
