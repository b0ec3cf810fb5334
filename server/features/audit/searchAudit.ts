import { and, asc, desc, eq, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { projects } from "#db/schema/projects.ts";
import type { Connection } from "../../database.ts";

/** What to show of a log. */
export const auditFilter = z.object({
  /** Words that all stand in the entry, each perhaps only begun. */
  words: z.string().max(200).optional(),
  /** Id of the user. */
  actor: z.string().max(64).optional(),
  action: z.string().max(200).optional(),
  projectId: z.uuid().optional(),
  outcome: z.enum(["done", "refused", "unknown"]).optional(),
  from: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
});

export type AuditFilter = z.infer<typeof auditFilter>;

const shown = {
  sequence: auditEntries.sequence,
  at: auditEntries.at,
  actor: auditEntries.actor,
  action: auditEntries.action,
  outcome: auditEntries.outcome,
  target: auditEntries.target,
  projectId: auditEntries.projectId,
  address: auditEntries.address,
  userAgent: auditEntries.userAgent,
  before: auditEntries.before,
  after: auditEntries.after,
  hash: auditEntries.hash,
};

/** The two ways to the database that looking for entries takes. */
export interface LogDatabases {
  /** Sees the organisation's rows only: what is answered is read by it. */
  readonly bound: Connection;
  /**
   * The whole one, which finds numbers of entries by words: below row-level security PostgreSQL does not ask an index for
   * words, because their operator is not marked as leakproof, and would read all of a long log.
   */
  readonly system: Connection;
}

/** Newest first, in pages by number: what comes meanwhile shifts none. `older` begins the next page; null at the end. */
export async function searchAudit(
  databases: LogDatabases,
  organisationId: string,
  { older, size, ...filter }: AuditFilter & { readonly older?: number | undefined; readonly size: number },
) {
  const place = older === undefined ? undefined : lt(auditEntries.sequence, older);
  const which = await conditionOf(databases, { organisationId, filter, place, order: desc, most: size + 1 });
  const rows = await databases.bound
    .select(shown)
    .from(auditEntries)
    .where(which)
    .orderBy(desc(auditEntries.sequence))
    .limit(size + 1);
  const entries = rows.slice(0, size);
  const last = entries.at(-1);
  return { entries, older: rows.length > size && last ? last.sequence : null };
}

interface Wanted {
  readonly organisationId: string;
  readonly filter: AuditFilter;
  /** Where the page is. */
  readonly place: SQL | undefined;
  readonly order: typeof asc | typeof desc;
  readonly most: number;
}

/** What the entries of a page fulfil: all that is looked for, or the numbers that were found by words. */
export async function conditionOf({ system }: Pick<LogDatabases, "system">, wanted: Wanted): Promise<SQL | undefined> {
  const { organisationId, filter, place, order, most } = wanted;
  const all = and(...filterConditions(organisationId, filter), place);
  if (filter.words === undefined) return all;
  const found = await system
    .select({ sequence: auditEntries.sequence })
    .from(auditEntries)
    .where(all)
    .orderBy(order(auditEntries.sequence))
    .limit(most);
  const numbers = found.map(({ sequence }) => sequence);
  return and(eq(auditEntries.organisationId, organisationId), inArray(auditEntries.sequence, numbers));
}

function filterConditions(organisationId: string, filter: AuditFilter): (SQL | undefined)[] {
  const { words, actor, action, projectId, outcome, from, until } = filter;
  const query = words === undefined ? null : queryOf(words);
  return [
    eq(auditEntries.organisationId, organisationId),
    query === null ? undefined : sql`${auditEntries.words} @@ to_tsquery('simple', ${query})`,
    actor === undefined ? undefined : eq(auditEntries.actorId, actor),
    action === undefined ? undefined : eq(auditEntries.action, action),
    projectId === undefined ? undefined : eq(auditEntries.projectId, projectId),
    outcome === undefined ? undefined : eq(auditEntries.outcome, outcome),
    from && gte(auditEntries.sequence, numberAt(organisationId, { from })),
    until && lte(auditEntries.sequence, numberAt(organisationId, { until })),
  ];
}

/**
 * The number of the first entry from a moment on, or of the last until it; null where there is none. Numbers and moments
 * rise together, so that a page in the middle of a long log is read from there, not from its end.
 */
function numberAt(organisationId: string, bound: { readonly from: Date } | { readonly until: Date }): SQL {
  const { organisationId: organisation, at, sequence } = auditEntries;
  if ("from" in bound) {
    return sql`(select ${sequence} from ${auditEntries} where ${organisation} = ${organisationId}
      and ${gte(at, bound.from)} order by ${at}, ${sequence} limit 1)`;
  }
  return sql`(select ${sequence} from ${auditEntries} where ${organisation} = ${organisationId}
    and ${lte(at, bound.until)} order by ${at} desc, ${sequence} desc limit 1)`;
}

/** What is typed as a query that cannot be malformed; null without a word. */
function queryOf(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}

/** Whom and what one can look for: everybody who stands in the log, and all that was done, found by leaps in the index. */
export async function auditFacets(db: Connection, organisationId: string) {
  const { organisationId: organisation, action, actorId } = auditEntries;
  const leap = (column: typeof action | typeof actorId) => sql<{ value: string }>`
    with recursive leap as (
      (select ${column} as value from ${auditEntries}
        where ${organisation} = ${organisationId} and ${column} is not null order by ${column} limit 1)
      union all
      select (select ${column} from ${auditEntries}
        where ${organisation} = ${organisationId} and ${column} > leap.value order by ${column} limit 1)
      from leap where leap.value is not null
    ) select value from leap where value is not null limit 500`;
  const actions = await db.execute<{ value: string }>(leap(action));
  const actors = await db.execute<{ id: string; name: string; kind: string }>(sql`
    select newest.actor ->> 'id' as id, newest.actor ->> 'name' as name, newest.actor ->> 'kind' as kind
    from (${leap(actorId)}) as found, lateral (
      select ${auditEntries.actor} as actor from ${auditEntries}
      where ${organisation} = ${organisationId} and ${actorId} = found.value
      order by ${auditEntries.sequence} desc limit 1) as newest
    order by name`);
  const named = await db
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(eq(projects.organisationId, organisationId))
    .orderBy(asc(projects.name));
  return { actions: actions.map(({ value }) => value), actors: [...actors], projects: named };
}
