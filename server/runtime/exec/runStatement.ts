import type postgres from "postgres";

/** The columns of a row as the bytes that PostgreSQL sent. */
export type RawRow = readonly (Buffer | null)[];

export interface StatementCall {
  readonly text: string;
  readonly parameters: (string | null)[];
  /** Kept by name on the connection, so that it is parsed and planned once. */
  readonly prepare: boolean;
}

type Client = Pick<postgres.Sql, "unsafe">;

/** Answers the first row of a statement, or null when there is none. */
export async function runStatement(sql: Client, call: StatementCall): Promise<RawRow | null> {
  const rows: readonly RawRow[] = await queryOf(sql, call);
  return rows[0] ?? null;
}

/** The driver's query, which can be cancelled. */
export function queryOf(sql: Client, { text, parameters, prepare }: StatementCall) {
  // Without `simple: false` the driver takes a statement without parameters for a script.
  const settings = { prepare, simple: false };
  return sql.unsafe(text, parameters as string[], settings).raw();
}
