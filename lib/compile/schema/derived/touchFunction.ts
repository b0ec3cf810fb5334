import { functionName } from "../../../sql/ddl/programs.ts";
import type { SchemaFunction, Trigger } from "../../../sql/ddl/Schema.ts";
import { storedName } from "../../../sql/ddl/storedName.ts";
import { printAlone } from "../../../sql/print.ts";
import type { Update } from "../../../sql/Sql.ts";

/** Given the alias of the row that changed. */
export interface Touch {
  /** Statements that hold the rows next to it (`holdRows.ts`). */
  readonly holds: readonly string[];
  /** Asks the records that depend on it to work their stored fields out anew. */
  readonly update: Update;
}

export type TouchStatements = (row: "new" | "old") => readonly Touch[];

/**
 * After a row of the table has changed, the records whose stored fields depend on it are written: the lock on each makes
 * concurrent changes wait for each other, and what they then read is what is there.
 */
export function touchFunction(
  table: string,
  statements: TouchStatements,
): { readonly made: SchemaFunction; readonly trigger: Trigger } {
  const name = storedName(["gantry", table], "touch");
  const path = [table, "derived"];
  const touch = (row: "new" | "old") => {
    const all = statements(row);
    const lines = [...new Set(all.flatMap(({ holds }) => holds)), ...all.map(({ update }) => printAlone(update))];
    return lines.map((line) => `    ${line};`).join("\n");
  };
  const definition = `() RETURNS trigger LANGUAGE plpgsql AS $gantry$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(new) = to_jsonb(old) THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
${touch("old")}
  END IF;
  IF TG_OP <> 'DELETE' THEN
${touch("new")}
  END IF;
  RETURN NULL;
END
$gantry$`;
  const action = `FOR EACH ROW EXECUTE FUNCTION ${functionName(name)}()`;
  return {
    made: { name, definition, path },
    trigger: { name: "gantry_touch", event: "AFTER INSERT OR UPDATE OR DELETE", action, path },
  };
}
