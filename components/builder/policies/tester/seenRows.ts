import type { Resource } from "#lib/model/types.ts";
import { type Row, type TesterClient, TesterRefusal } from "./TesterClient.ts";

/** A row and what an actor sees of it; null where they do not see that it is there. */
export interface SeenRow {
  readonly id: string;
  readonly whole: Row;
  readonly seen: Row | null;
}

export interface SeenRows {
  readonly rows: readonly SeenRow[];
  /** So many they see, and so many there are. */
  readonly seen: number;
  readonly all: number;
  /** Why they see none whatever the row, as the app says it. */
  readonly refusal: string | null;
}

interface Asked {
  readonly resource: Resource;
  readonly actor: Readonly<Record<string, unknown>>;
  /** Those too that the actor does not see. */
  readonly unseen: boolean;
}

/** What an actor sees of a resource, beside what is there. */
export async function seenRows(client: TesterClient, { resource, actor, unseen }: Asked): Promise<SeenRows> {
  const [own, all] = await Promise.all([seenBy(client, resource, actor), client.rows(resource, null)]);
  const base = { seen: own.count, all: all.count, refusal: own.refusal };
  if (unseen) {
    const ids = all.rows.map(idOf);
    const known = own.refusal === null ? byId(await client.rowsOf(resource, actor, ids)) : new Map<string, Row>();
    return {
      ...base,
      rows: all.rows.map((whole) => ({ id: idOf(whole), whole, seen: known.get(idOf(whole)) ?? null })),
    };
  }
  const wholes = byId(await client.rowsOf(resource, null, own.rows.map(idOf)));
  return { ...base, rows: own.rows.map((seen) => ({ id: idOf(seen), seen, whole: wholes.get(idOf(seen)) ?? seen })) };
}

/** A refusal for want of policies is an answer: they see nothing. */
async function seenBy(client: TesterClient, resource: Resource, actor: Asked["actor"]) {
  try {
    return { ...(await client.rows(resource, actor)), refusal: null };
  } catch (error) {
    if (error instanceof TesterRefusal && (error.status === 401 || error.status === 403)) {
      return { rows: [], count: 0, refusal: error.message };
    }
    throw error;
  }
}

function byId(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [idOf(row), row]));
}

function idOf(row: Row): string {
  return String(row.id);
}

/** Whether a value is there that they do not see. */
export function isHidden({ seen, whole }: SeenRow, field: string): boolean {
  return seen !== null && seen[field] === null && whole[field] !== null && whole[field] !== undefined;
}
