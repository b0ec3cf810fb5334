import type { ModelDatabase } from "#tests/support/modelDatabase.ts";
import type { Catalog } from "../../plan/catalog/Catalog.ts";
import { isRead } from "../../plan/isRead.ts";
import type { Plan } from "../../plan/types.ts";
import { bind } from "../../sql/PrintedStatement.ts";
import { compileRead } from "../read/compileRead.ts";
import { compileWrite } from "../write/compileWrite.ts";

/** Compiles a plan and runs it: the JSON of the answer, or null when nothing was found. */
export async function runPlan(
  database: ModelDatabase,
  catalog: Catalog,
  { shape, parameters }: Plan,
): Promise<unknown> {
  const statement = isRead(shape) ? compileRead(catalog, shape) : compileWrite(catalog, shape);
  const [row] = await database.sql.unsafe(statement.text, bind(statement, parameters)).raw();
  if (!row) return null;
  const text = statement.frame.map((piece) => (typeof piece === "string" ? piece : String(row[piece]))).join("");
  return JSON.parse(text);
}
