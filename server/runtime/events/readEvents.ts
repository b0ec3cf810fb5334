import type postgres from "postgres";
import { eventRecords } from "#lib/compile/read/eventRecords.ts";
import { changesTable } from "#lib/compile/schema/changeFeedNames.ts";
import { eventType } from "#lib/model/events/eventType.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { bind, type PrintedStatement } from "#lib/sql/PrintedStatement.ts";
import { changeHorizon } from "../exec/changeHorizon.ts";
import { codeOf } from "../exec/failureKinds.ts";
import type { ChangeEvent, EventPosition, JsonObject } from "./ChangeEvent.ts";

export interface EventsRead {
  readonly events: readonly ChangeEvent[];
  /** Ids of those whose rows do not fit the columns of today; they show no record. Known with a guard only. */
  readonly unreadable: ReadonlySet<string>;
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

/** What is read at once takes no more memory than some times this, however large the rows are. */
const mostBytes = 4_000_000;
const bytes = "(coalesce(pg_column_size(before), 0) + coalesce(pg_column_size(after), 0))";

const readText = `
  SELECT json_build_object(
    'heads', coalesce((SELECT json_agg(${headOf("next")} ORDER BY txid, id)
      FROM (SELECT *, sum(${bytes}) OVER (ORDER BY txid, id) - ${bytes} AS bytes_before
            FROM (SELECT * FROM public.${changesTable}
                  WHERE (txid, id) > ($1::bigint, $2::bigint) AND txid < seen.horizon
                  ORDER BY txid, id LIMIT $3::bigint) page) next
      WHERE bytes_before < ${mostBytes}), '[]'),
    'last', (SELECT json_build_array(txid::text, id::text)
      FROM (SELECT txid, id FROM public.${changesTable}
            WHERE (txid, id) > ($1::bigint, $2::bigint) AND txid < seen.horizon
            ORDER BY txid, id LIMIT $3::bigint + 1) page ORDER BY txid DESC, id DESC LIMIT 1),
    'isPending', EXISTS (SELECT FROM public.${changesTable} WHERE txid >= seen.horizon),
    'isForeign', EXISTS (SELECT FROM public.${changesTable} WHERE txid >= seen.newest)) AS read
  FROM ${changeHorizon} seen`;

export interface EventsAsked {
  readonly catalog: Catalog;
  readonly after: EventPosition;
  /** So many changes are looked at. */
  readonly limit: number;
  /** Given where a statement has failed before: does something in a part of the transaction that is undone alone. */
  readonly guard?: Guard;
}

export type Guard = <Result>(work: (sql: postgres.TransactionSql) => Promise<Result>) => Promise<Result>;

/** The next events after a position, in their order, as far as none can come up behind them. */
export async function readEvents(
  sql: postgres.TransactionSql,
  { catalog, after, limit, guard }: EventsAsked,
): Promise<EventsRead> {
  // A plan that was made while the log was small would be kept too long.
  const [row] = await sql.unsafe<{ read: string }[]>(readText, [String(after.txid), String(after.id), String(limit)], {
    prepare: false,
  });
  const { heads, last, isPending, isForeign } = JSON.parse(row?.read ?? "{}") as Pick<
    EventsRead,
    "isPending" | "isForeign"
  > & { readonly heads: readonly Head[]; readonly last: readonly [string, string] | null };
  const end = heads.at(-1);
  return {
    ...(await eventsOf(sql, { catalog, heads, guard: guard ?? null })),
    to: end ? positionOf(end) : null,
    isFull: end !== undefined && end.id !== last?.[1],
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
  const heads = rows.map(({ head }) => JSON.parse(head) as Head);
  const { events } = await eventsOf(sql, { catalog, heads, guard: null });
  return events[0] ?? null;
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

interface Heads {
  readonly catalog: Catalog;
  readonly heads: readonly Head[];
  readonly guard: Guard | null;
}

/** Of resources that the model has no longer nobody is told. */
async function eventsOf(
  sql: postgres.TransactionSql,
  { catalog, heads, guard }: Heads,
): Promise<Pick<EventsRead, "events" | "unreadable">> {
  const told = heads.flatMap((head) => {
    const entity = head.resource === "" ? null : entityOfTable(catalog, head.resource);
    return head.event === null || entity === undefined ? [] : [{ head, event: head.event, entity }];
  });
  const records = await recordsOf(sql, { catalog, told, guard });
  const unreadable = new Set(
    told.filter(({ head, entity }) => entity && !records.has(head.id)).map(({ event }) => event),
  );
  const events = told.map(({ head, event, entity }): ChangeEvent => {
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
  return { events, unreadable };
}

interface Sides {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

interface Told {
  readonly head: Head;
  readonly entity: Entity | null;
}

interface Records {
  readonly catalog: Catalog;
  readonly told: readonly Told[];
  readonly guard: Guard | null;
}

/** By the numbers of the changes. One statement for each resource among them. */
async function recordsOf(
  sql: postgres.TransactionSql,
  { catalog, told, guard }: Records,
): Promise<ReadonlyMap<string, Sides>> {
  const records = new Map<string, Sides>();
  for (const [entity, group] of Map.groupBy(told, (one) => one.entity)) {
    if (!entity) continue;
    const heads = group.map(({ head }) => head);
    const read = (part: postgres.TransactionSql, some: readonly Head[]) =>
      recordsOfOne(part, { statement: eventRecords(catalog, entity.name), heads: some, records });
    if (!guard) await read(sql, heads);
    else if (await fails(() => guard((part) => read(part, heads))))
      for (const head of heads) await fails(() => guard((part) => read(part, [head])));
  }
  return records;
}

/** Whether the values are at fault. */
async function fails(read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    if (isUnreadable(error)) return true;
    throw error;
  }
}

/** A value that the column of today does not take. */
function isUnreadable(error: unknown): boolean {
  return codeOf(error).startsWith("22");
}

interface RecordsOfOne {
  readonly statement: PrintedStatement;
  readonly heads: readonly Head[];
  readonly records: Map<string, Sides>;
}

async function recordsOfOne(sql: postgres.TransactionSql, { statement, heads, records }: RecordsOfOne): Promise<void> {
  const [first, last] = [heads[0]?.txid ?? "0", heads.at(-1)?.txid ?? "0"];
  const values = bind(statement, [first, last, heads.map(({ id }) => id)]);
  const rows = await sql.unsafe<{ id: string; before: string | null; after: string | null }[]>(
    statement.text,
    values as string[],
    { prepare: false },
  );
  for (const { id, before, after } of rows) records.set(id, { before: parsed(before), after: parsed(after) });
}

const parsed = (json: string | null) => (json === null ? null : (JSON.parse(json) as JsonObject));

function positionOf({ txid, id }: Pick<Head, "txid" | "id">): EventPosition {
  return { txid: BigInt(txid), id: BigInt(id) };
}

function fieldNames({ fields }: Entity, columns: readonly string[]): readonly string[] {
  const changed = new Set(columns);
  return [...fields.values()].filter(({ column }) => changed.has(column)).map(({ name }) => name);
}
