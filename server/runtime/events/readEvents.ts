import type postgres from "postgres";
import { eventRecords } from "#lib/compile/read/eventRecords.ts";
import { changesTable } from "#lib/compile/schema/changeFeedNames.ts";
import { eventType } from "#lib/model/events/eventType.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { bind } from "#lib/sql/PrintedStatement.ts";
import { changeHorizon } from "../exec/changeHorizon.ts";
import type { ChangeEvent, EventPosition, JsonObject } from "./ChangeEvent.ts";

export interface EventsRead {
  readonly events: readonly ChangeEvent[];
  /** The last change that was looked at, whether it is an event or not; null where there is none. */
  readonly to: EventPosition | null;
  /** There may be more at once. */
  readonly isFull: boolean;
  /** There are changes that wait for transactions which began before them. */
  readonly isPending: boolean;
  /** There are changes of transactions that this server has never had: they came with a copy of another's data. */
  readonly isForeign: boolean;
}

/** Of a change, besides what all changes have, what those have that are events. */
interface Head {
  readonly txid: string;
  readonly id: string;
  readonly event: string | null;
  readonly made_by: string;
  readonly resource: string;
  readonly record: string;
  readonly kind: ChangeEvent["kind"];
  readonly at: string;
  readonly action: string | null;
  readonly actor: string | null;
  readonly actor_kind: string | null;
  readonly facts: JsonObject | null;
  readonly run: string | null;
  readonly depth: number | null;
  readonly link: string | null;
  /** Names of columns. */
  readonly changed: readonly string[];
  /** Of what a process tells. */
  readonly data: JsonObject | null;
}

/** Of a record that is new, its fields with values count as changed; of one that is destroyed, none. */
const headOf = (change: string) => `json_build_object(
  'txid', ${change}.txid::text, 'id', ${change}.id::text, 'event', ${change}.event, 'made_by', ${change}.made_by::text,
  'resource', ${change}.resource, 'record', ${change}.record, 'kind', ${change}.kind,
  'at', replace((${change}.at AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z', 'action', ${change}.action,
  'actor', ${change}.actor, 'actor_kind', ${change}.actor_kind, 'facts', ${change}.actor_facts, 'run', ${change}.run, 'depth', ${change}.depth,
  'link', ${change}.link, 'data', CASE WHEN ${change}.resource = '' THEN ${change}.after END,
  'changed', CASE WHEN ${change}.event IS NULL OR ${change}.kind NOT IN ('created', 'updated') THEN '[]'::json ELSE (
    SELECT coalesce(json_agg(key), '[]') FROM
      (SELECT CASE WHEN ${change}.kind = 'updated' THEN ${change}.before END AS was) side,
      jsonb_each(${change}.after) field(key, is_now)
    WHERE coalesce(side.was -> key, 'null') <> is_now) END)`;

const readText = `
  SELECT json_build_object(
    'heads', coalesce((SELECT json_agg(${headOf("next")} ORDER BY txid, id)
      FROM (SELECT * FROM public.${changesTable}
            WHERE (txid, id) > ($1::bigint, $2::bigint) AND txid < seen.horizon
            ORDER BY txid, id LIMIT $3::bigint) next), '[]'),
    'isPending', EXISTS (SELECT FROM public.${changesTable} WHERE txid >= seen.horizon),
    'isForeign', EXISTS (SELECT FROM public.${changesTable} WHERE txid >= seen.newest)) AS read
  FROM ${changeHorizon} seen`;

export interface EventsAsked {
  readonly catalog: Catalog;
  readonly after: EventPosition;
  /** So many changes are looked at. */
  readonly limit: number;
}

/** The next events after a position, in their order, as far as none can come up behind them. */
export async function readEvents(
  sql: postgres.TransactionSql,
  { catalog, after, limit }: EventsAsked,
): Promise<EventsRead> {
  // A plan that was made while the log was small would be kept too long.
  const [row] = await sql.unsafe<{ read: string }[]>(readText, [String(after.txid), String(after.id), String(limit)], {
    prepare: false,
  });
  const { heads, isPending, isForeign } = JSON.parse(row?.read ?? "{}") as Pick<
    EventsRead,
    "isPending" | "isForeign"
  > & { readonly heads: readonly Head[] };
  const last = heads.at(-1);
  return {
    events: await eventsOf(sql, catalog, heads),
    to: last ? positionOf(last) : null,
    isFull: heads.length === limit,
    isPending,
    isForeign,
  };
}

const oneText = `SELECT ${headOf("change")} AS head FROM public.${changesTable} change WHERE txid = $1 AND id = $2`;

/** The event at a position; null where it is no longer kept. */
export async function readEvent(
  sql: postgres.TransactionSql,
  catalog: Catalog,
  { txid, id }: EventPosition,
): Promise<ChangeEvent | null> {
  const rows = await sql.unsafe<{ head: string }[]>(oneText, [String(txid), String(id)]);
  const [event] = await eventsOf(
    sql,
    catalog,
    rows.map(({ head }) => JSON.parse(head) as Head),
  );
  return event ?? null;
}

const byTable = new WeakMap<Catalog, ReadonlyMap<string, Entity>>();

function entityOfTable(catalog: Catalog, table: string): Entity | undefined {
  let entities = byTable.get(catalog);
  if (!entities) {
    entities = new Map([...catalog.entities.values()].map((entity) => [entity.resource.table, entity]));
    byTable.set(catalog, entities);
  }
  return entities.get(table);
}

/** Of resources that the model has no longer nobody is told. */
async function eventsOf(
  sql: postgres.TransactionSql,
  catalog: Catalog,
  heads: readonly Head[],
): Promise<readonly ChangeEvent[]> {
  const told = heads.flatMap((head) => {
    const entity = head.resource === "" ? null : entityOfTable(catalog, head.resource);
    return head.event === null || entity === undefined ? [] : [{ head, event: head.event, entity }];
  });
  const records = await recordsOf(sql, catalog, told);
  return told.map(({ head, event, entity }): ChangeEvent => {
    const { kind } = head;
    const { before = null, after = null } = records.get(head.id) ?? {};
    return {
      id: event,
      position: positionOf(head),
      madeBy: BigInt(head.made_by),
      kind,
      resource: entity?.name ?? null,
      key: head.record,
      type: entity ? eventType(entity.resource, kind) : (head.action ?? ""),
      action: entity ? head.action : null,
      actor: head.actor_kind === null ? null : { kind: head.actor_kind, id: head.actor, facts: head.facts ?? {} },
      at: head.at,
      record: entity ? (kind === "destroyed" ? null : after) : head.data,
      previous: kind === "created" ? null : before,
      changed: entity ? [...fieldNames(entity, head.changed), ...(head.link === null ? [] : [head.link])] : [],
      cause: head.run === null ? null : { run: head.run, depth: head.depth ?? 0 },
    };
  });
}

interface Sides {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** By the numbers of the changes. One statement for each resource among them. */
async function recordsOf(
  sql: postgres.TransactionSql,
  catalog: Catalog,
  told: readonly { readonly head: Head; readonly entity: Entity | null }[],
): Promise<ReadonlyMap<string, Sides>> {
  const records = new Map<string, Sides>();
  const [first, last] = [told[0]?.head.txid ?? "0", told.at(-1)?.head.txid ?? "0"];
  const groups = Map.groupBy(told, ({ entity }) => entity);
  for (const [entity, group] of groups) {
    if (!entity) continue;
    const statement = eventRecords(catalog, entity.name);
    const values = bind(statement, [first, last, group.map(({ head }) => head.id)]);
    const rows = await sql.unsafe<{ id: string; before: string | null; after: string | null }[]>(
      statement.text,
      values as string[],
      { prepare: false },
    );
    for (const { id, before, after } of rows) records.set(id, { before: parsed(before), after: parsed(after) });
  }
  return records;
}

const parsed = (json: string | null) => (json === null ? null : (JSON.parse(json) as JsonObject));

function positionOf({ txid, id }: Pick<Head, "txid" | "id">): EventPosition {
  return { txid: BigInt(txid), id: BigInt(id) };
}

function fieldNames({ fields }: Entity, columns: readonly string[]): readonly string[] {
  const changed = new Set(columns);
  return [...fields.values()].filter(({ column }) => changed.has(column)).map(({ name }) => name);
}
