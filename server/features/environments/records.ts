import type { SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import { wholeSql } from "#lib/compile/schema/wholeSql.ts";
import type { OwnerSession, OwnerTransaction } from "./EnvironmentDatabase.ts";

/**
 * What Gantry writes down in the environment's own database, in the schema `gantry`, which the app's role cannot read:
 * every plan that ran. Marks of columns and tables are their comments (`lib/sql/ddl/columnMark.ts`).
 */
export async function makeRecords(sql: OwnerSession): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`create schema if not exists gantry`;
    await transaction`revoke all on schema gantry from public`;
    await transaction`
      create table if not exists gantry.plans (
        id uuid primary key default uuidv7(),
        steps jsonb not null,
        done integer not null default 0,
        started_at timestamptz not null default now(),
        finished_at timestamptz
      )`;
    // What is retired says so itself, by its comment.
    await transaction`drop table if exists gantry.retired`;
  });
}

export type RecordedStep = Pick<SchemaStep, "kind" | "when" | "sentence" | "sql" | "closing">;

export async function startPlan(sql: OwnerSession, steps: readonly RecordedStep[]): Promise<string> {
  const kept = steps.map((step) => {
    const { kind, when, sentence } = step;
    return { kind, when, sentence, sql: wholeSql(step) };
  });
  const [row] = await sql<{ id: string }[]>`
    insert into gantry.plans (steps) values (${sql.json(kept)}) returning id`;
  if (!row) throw new Error("An insert returned no row.");
  return row.id;
}

export async function countStep(sql: OwnerSession | OwnerTransaction, plan: string): Promise<void> {
  await sql`update gantry.plans set done = done + 1 where id = ${plan}`;
}

export async function finishPlan(sql: OwnerSession, plan: string): Promise<void> {
  await sql`update gantry.plans set finished_at = now() where id = ${plan}`;
}
