import { randomBytes } from "node:crypto";
import { and, desc, eq, isNotNull } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import { createTable, tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { copyIn } from "../../../copy/copyIn.ts";
import { type Connection, database } from "../../../database.ts";
import {
  asEnvironmentOwner,
  atOneMoment,
  type Environment,
  encryptionOf,
  type Moment,
  type OwnerTransaction,
} from "../../environments/service.ts";
import { readTables } from "../database/readTables.ts";
import { identityStatements } from "../database/tableStatements.ts";
import { copyPlan, type TableCopy } from "./copyPlan.ts";
import { changeRows } from "./copyText.ts";
import { sealText } from "./sealText.ts";

/** Bytes of the largest database that is copied: what is larger would keep a preview waiting for long. */
const largestCopied = 5 * 1024 ** 3;

export interface CopyRequest {
  /** Ids of environments. */
  readonly from: string;
  readonly to: string;
  /** Bytes. */
  readonly largest?: number;
}

export interface CopiedRows {
  readonly tables: number;
  readonly rows: number;
}

/**
 * Fills the empty database of a new environment with the rows of another one as they are at one moment, masked where
 * they are sensitive (docs/operations/backups.md). Its tables are those of the other's release: the deployment that
 * follows brings them to its own model, as it would bring the other's. All or nothing; null where tables are there
 * already, which are left alone.
 */
export async function copyRows({ from, to, largest = largestCopied }: CopyRequest): Promise<CopiedRows | null> {
  const db = database();
  const [source, target] = [await environmentOf(db, from), await environmentOf(db, to)];
  if (target.release !== null) throw new AppError("conflict", `The environment ${target.name} has rows of its own.`);
  const live = await liveOf(db, source);
  if (!live) throw new AppError("conflict", `Nothing is deployed to ${source.name}: there are no rows to copy.`);
  const encryption = encryptionOf(target);
  const next = await nextOf(db, target);
  return await atOneMoment(
    from,
    async (sql) => {
      await requireSize(sql, { name: source.name, largest });
      return await readTables(sql);
    },
    async (moment, { tables }) => {
      const seal = (text: string, place: string) => (encryption ? sealText(text, place, encryption) : "");
      const plan = copyPlan({ live, next, tables, secret: randomBytes(32), seal });
      const numbers = tables.filter(({ name }) => plan.some(({ table }) => table.name === name));
      return await asEnvironmentOwner(to, (session) =>
        session.begin(async (transaction) => {
          if (await hasTables(transaction)) return null;
          for (const { table } of plan) await transaction.unsafe(createTable(table));
          let rows = 0;
          for (const copy of plan) rows += await copyTable(moment, transaction, copy);
          for (const table of numbers) {
            for (const statement of identityStatements(table)) await transaction.unsafe(statement);
          }
          return { tables: plan.length, rows };
        }),
      );
    },
  );
}

async function environmentOf(db: Connection, id: string): Promise<Environment> {
  const [environment] = await db.select().from(environments).where(eq(environments.id, id));
  if (!environment || environment.removingSince) throw new AppError("not_found", "There is no such environment.");
  return environment;
}

async function liveOf(db: Connection, { id, release }: Environment): Promise<LiveModel | null> {
  if (release === null) return null;
  const [deployment] = await db
    .select({ snapshot: deployments.snapshot })
    .from(deployments)
    .where(and(eq(deployments.environmentId, id), eq(deployments.release, release)));
  const snapshot = deployment?.snapshot;
  return snapshot ? { model: snapshot.model, places: snapshot.places ?? [] } : null;
}

/** The model of the deployment that the copy is made for. */
async function nextOf(db: Connection, { id }: Environment): Promise<Model | null> {
  const [deployment] = await db
    .select({ snapshot: deployments.snapshot })
    .from(deployments)
    .where(and(eq(deployments.environmentId, id), isNotNull(deployments.snapshot)))
    .orderBy(desc(deployments.release))
    .limit(1);
  return deployment?.snapshot?.model ?? null;
}

async function requireSize(
  sql: OwnerTransaction,
  { name, largest }: { readonly name: string; readonly largest: number },
): Promise<void> {
  const [size] = await sql<{ bytes: string }[]>`select pg_database_size(current_database())::text as bytes`;
  const bytes = Number(size?.bytes ?? 0);
  if (bytes <= largest) return;
  throw new AppError(
    "payload_too_large",
    `${name} holds ${gigabytes(bytes)} GB, and at most ${gigabytes(largest)} GB are copied. Let previews begin with the seeds.`,
  );
}

const gigabytes = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);

async function hasTables(sql: OwnerTransaction): Promise<boolean> {
  const found = await sql`
    select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') limit 1`;
  return found.length > 0;
}

async function copyTable(moment: Moment, target: OwnerTransaction, { table, columns }: TableCopy): Promise<number> {
  if (columns.length === 0) return 0;
  const list = (names: readonly string[]) => names.map(quoteIdentifier).join(", ");
  const name = tableName(table.name);
  const reads = `COPY (SELECT ${list(columns.map(({ from }) => from))} FROM ${name}) TO STDOUT`;
  const into = await copyIn(target, `COPY ${name} (${list(columns.map(({ to }) => to))}) FROM STDIN`);
  const changes = columns.map(({ change }) => change);
  const isChanged = changes.some((change) => change !== null);
  let count = 0;
  try {
    for await (const { bytes, rows } of moment.rows(reads)) {
      await into.write(isChanged ? changeRows(bytes, changes) : bytes);
      count += rows;
    }
    await into.end();
  } catch (error) {
    into.abort(new Error("The rows could not be read."));
    throw error;
  }
  return count;
}
