import type { RetiredPart, SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import { printColumnType } from "#lib/sql/ddl/columnType.ts";
import type { OwnerSession, OwnerTransaction } from "./EnvironmentDatabase.ts";

/**
 * What Gantry writes down in the environment's own database, in the schema `gantry`, which the app's role cannot read:
 * every plan that ran, and what the tables keep although the model has it no longer.
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
    await transaction`
      create table if not exists gantry.retired (
        table_name text not null,
        column_name text not null default '',
        type text,
        retired_at timestamptz not null default now(),
        primary key (table_name, column_name)
      )`;
  });
}

export async function startPlan(sql: OwnerSession, steps: readonly SchemaStep[]): Promise<string> {
  const kept = steps.map(({ kind, when, sentence, sql }) => ({ kind, when, sentence, sql }));
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

/** Makes the list of what is retired the given one; what was on it before keeps its time. */
export async function recordRetired(sql: OwnerSession, retired: readonly RetiredPart[]): Promise<void> {
  const parts = retired.map(({ table, column = "", type }) => ({
    table,
    column,
    type: type ? printColumnType(type) : null,
  }));
  await sql.begin(async (transaction) => {
    await transaction`
      delete from gantry.retired where (table_name, column_name) not in (
        select part->>'table', part->>'column' from jsonb_array_elements(${sql.json(parts)}) as part)`;
    await transaction`
      insert into gantry.retired (table_name, column_name, type)
      select part->>'table', part->>'column', part->>'type' from jsonb_array_elements(${sql.json(parts)}) as part
      on conflict do nothing`;
  });
}
