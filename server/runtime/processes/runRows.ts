import type postgres from "postgres";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import type { ProcessProgram } from "#lib/model/runs/ProcessProgram.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Database } from "../exec/Database.ts";
import type { Environment } from "../host/Environment.ts";
import type { Run, RunStatus } from "./Run.ts";
import { sealerOf } from "./sealer.ts";

const runs = tableName(processTables.runs);
const programs = tableName(processTables.programs);

/** Of runs that something is to be done for, and that nobody is at. */
const isDue = "wake_at <= now() AND (held_until IS NULL OR held_until < now())";

/** An SQL expression: whether there is anything to do. */
export const anyDue = `EXISTS (SELECT FROM ${runs} WHERE ${isDue})`;

const milliseconds = (what: string) => `floor(extract(epoch FROM ${what}) * 1000)::bigint::text`;

const claimText = `UPDATE ${runs} SET held_until = now() + $2::interval, turn = turn + 1, woken = false,
    status = CASE WHEN status = 'compensating' THEN status ELSE 'running' END, started_at = coalesce(started_at, now())
  WHERE id IN (SELECT id FROM ${runs} WHERE ${isDue} ORDER BY wake_at LIMIT $1::bigint FOR UPDATE SKIP LOCKED)
  RETURNING id::text, process, version, status, input, depth::text, parent::text, ending, error, cancelled::text,
    turn::text, done::text, ${milliseconds("deadline")} AS deadline, ${milliseconds("now()")} AS now`;

interface ClaimedRow {
  readonly id: string;
  readonly process: string;
  readonly version: string;
  readonly status: RunStatus;
  readonly input: string;
  readonly depth: string;
  readonly parent: string | null;
  readonly ending: Run["ending"];
  readonly error: string | null;
  readonly cancelled: string;
  readonly turn: string;
  readonly done: string;
  readonly deadline: string | null;
  readonly now: string;
}

/** Takes runs that something is to be done for: they are this runtime's alone for as long as it holds on to them. */
export async function claimRuns(environment: Environment, most: number, lease: number): Promise<readonly Run[]> {
  const { database } = environment;
  const { open } = sealerOf(environment);
  const rows = await rowsOf<ClaimedRow>(database, claimText, [String(most), `${lease} seconds`]);
  const found: Run[] = [];
  for (const row of rows) {
    found.push({
      id: row.id,
      process: row.process,
      program: await programOfVersion(database, row.version),
      version: row.version,
      status: row.status,
      input: JSON.parse(open(row.input)),
      depth: Number(row.depth),
      parent: row.parent,
      ending: row.ending,
      error: row.error === null ? null : JSON.parse(open(row.error)),
      isCancelled: row.cancelled === "true",
      turn: Number(row.turn),
      done: Number(row.done),
      deadline: row.deadline === null ? null : Number(row.deadline),
      clockAhead: Number(row.now) - Date.now(),
    });
  }
  return found;
}

const nextText = `SELECT ${milliseconds("min(greatest(wake_at, held_until)) - now()")} AS wait
  FROM (SELECT wake_at, held_until FROM ${runs} WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 100) first`;

/** When there will be something to do if nothing happens before. */
export async function nextMoment(database: Database): Promise<Date | null> {
  const [row] = await rowsOf<{ readonly wait: string | null }>(database, nextText, []);
  if (!row || row.wait === null) return null;
  // A moment later than not at all: the wait was cut to whole milliseconds.
  return new Date(Date.now() + Math.max(0, Number(row.wait)) + 1);
}

const programText = `SELECT program FROM ${programs} WHERE hash = $1`;
const kept = new WeakMap<Database, Map<string, ProcessProgram>>();
const mostKept = 100;

/** A version of a process; those of late are kept. */
export async function programOfVersion(database: Database, hash: string): Promise<ProcessProgram> {
  let known = kept.get(database);
  if (!known) {
    known = new Map();
    kept.set(database, known);
  }
  const found = known.get(hash);
  if (found) return found;
  const [row] = await rowsOf<{ readonly program: string }>(database, programText, [hash]);
  if (!row) throw new Error(`There is no version ${hash} of a process.`);
  const program: ProcessProgram = JSON.parse(row.program);
  known.set(hash, program);
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return program;
}

/** Of a query of our own, whose values are texts in both directions. */
export function rowsOf<Row>(
  database: Database,
  text: string,
  values: readonly (string | null)[],
): Promise<readonly Row[]> {
  return database.own((sql) => rowsIn<Row>(sql, text, values));
}

export async function rowsIn<Row>(
  sql: postgres.TransactionSql,
  text: string,
  values: readonly (string | null)[],
): Promise<readonly Row[]> {
  return (await sql.unsafe(text, values as string[], { prepare: true })) as unknown as readonly Row[];
}
