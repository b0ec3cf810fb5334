import type postgres from "postgres";

/** The columns of a row as the bytes that PostgreSQL sent. */
export type RawRow = readonly (Buffer | null)[];

export interface StatementCall {
  readonly text: string;
  readonly parameters: (string | null)[];
  /** Kept by name on the connection, so that it is parsed and planned once. */
  readonly prepare: boolean;
}

/** Answers the first row of a statement, or null when there is none. */
export async function runStatement(
  sql: Pick<postgres.Sql, "unsafe">,
  { text, parameters, prepare }: StatementCall,
): Promise<RawRow | null> {
  // Without `simple: false` the driver takes a statement without parameters for a script.
  const settings = { prepare, simple: false };
  const rows: readonly RawRow[] = await sql.unsafe(text, parameters as string[], settings).raw();
  return rows[0] ?? null;
}
