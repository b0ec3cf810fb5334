import { compileRows } from "#lib/compile/read/compileRows.ts";
import { authorize } from "#lib/plan/authorize.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { RowColumn } from "#lib/plan/read/columnsOf.ts";
import type { Actor, ReadPlan } from "#lib/plan/types.ts";
import { bind } from "#lib/sql/PrintedStatement.ts";
import type { RowReading, RowTexts } from "../../bulk/Bulk.ts";
import { contextOf } from "../contextOf.ts";
import type { LongSession } from "./LongSession.ts";

/** What is fetched at once is to have about so many bytes, which are not known before. */
const batchBytes = 256 << 10;
const firstRows = 100;
const mostRows = 1000;

/** Opens a value that is kept sealed; null for columns whose values are not. */
export type Opener = (column: RowColumn) => ((sealed: string) => string) | null;

export interface RowsRequest extends RowReading {
  readonly catalog: Catalog;
  readonly actor: Actor;
  readonly plan: ReadPlan;
  readonly opener: Opener | null;
}

/** Reads the rows of a list in batches: while one is taken, the next one is on its way, and no more. */
export async function readRows(session: LongSession, request: RowsRequest): Promise<void> {
  const { catalog, actor, plan, opener, limit, signal, take } = request;
  const { access } = authorize(catalog, actor, plan);
  if (plan.shape.kind !== "many") throw new Error("Rows are read of lists.");
  const statement = compileRows(catalog, plan.shape, { access, limit });
  const reveal = revealing(statement.columns, opener);
  const cancel = () => session.cancel();
  signal.addEventListener("abort", cancel);
  try {
    await session.open({ text: statement.text, parameters: bind(statement, plan.parameters, contextOf(actor, plan)) });
    let wanted = firstRows;
    let next: Promise<readonly RowTexts[]> | null = session.fetch(wanted);
    while (next) {
      const rows: readonly RowTexts[] = await next;
      signal.throwIfAborted();
      next = null;
      if (rows.length === wanted) {
        wanted = rowsAfter(rows);
        next = session.fetch(wanted);
        // Told when it is waited for.
        next.catch(() => {});
      }
      await take(reveal ? rows.map(reveal) : rows);
    }
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

/** How many rows to ask for after these; never many more at once, since the next ones may be larger. */
function rowsAfter(rows: readonly RowTexts[]): number {
  let bytes = 0;
  for (const row of rows) for (const cell of row) bytes += cell ? cell.length : 0;
  const fitting = Math.floor((batchBytes * rows.length) / Math.max(bytes, 1));
  return Math.max(1, Math.min(fitting, 2 * rows.length, mostRows));
}

function revealing(columns: readonly RowColumn[], opener: Opener | null): ((row: RowTexts) => RowTexts) | null {
  const openers = columns.map((column) => opener?.(column) ?? null);
  if (openers.every((open) => open === null)) return null;
  return (row) =>
    row.map((cell, index) => {
      const open = openers[index];
      return cell && open ? Buffer.from(open(cell.toString("utf8"))) : cell;
    });
}
