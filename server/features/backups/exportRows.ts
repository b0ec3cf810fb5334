import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { quoteLiteral } from "#lib/sql/ddl/quoteLiteral.ts";
import { atOneMoment, type Environment } from "../environments/service.ts";
import { readDatabase } from "./database/readDatabase.ts";
import { readTables } from "./database/readTables.ts";
import { copyInto, statementsAfter, statementsBefore } from "./database/tableStatements.ts";
import type { Manifest, ManifestTable } from "./format/Manifest.ts";

/**
 * Writes an environment's rows as they are at one moment into a folder, as any PostgreSQL reads them: the statements
 * that make the tables, one file of COPY's text for each, and `load.sql`, by which psql puts all of it together. What a
 * backup would have, without its encryption; encrypted attributes stay sealed. `onRows` is told of rows as they come.
 */
export async function exportRows(
  { id, name, branch }: Environment,
  folder: string,
  onRows: (rows: number) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await atOneMoment(id, readTables, async (moment, tables) => {
    const served = { release: null, commit: null, snapshot: null, encryptionSealed: null };
    const manifest: Manifest = { format: 1, environment: { id, name, branch }, ...served, ...tables };
    await writeStatements(folder, manifest);
    let file: ReturnType<typeof createWriteStream> | null = null;
    for await (const record of readDatabase(moment, manifest, onRows)) {
      switch (record.kind) {
        case "table": {
          const table = manifest.tables[record.index];
          if (!table) throw new Error("There is a table too many.");
          file = createWriteStream(join(folder, fileOf(table)), { mode: 0o600 });
          break;
        }
        case "rows":
          if (file && !file.write(record.bytes)) await once(file, "drain");
          break;
        case "tableEnd":
          file?.end();
          if (file) await finished(file);
          break;
        case "manifest":
        case "end":
      }
    }
  });
}

async function writeStatements(folder: string, manifest: Manifest): Promise<void> {
  const write = (file: string, lines: readonly string[]) => writeFile(join(folder, file), `${lines.join("\n")}\n`);
  const ended = (statement: string) => `${statement};`;
  await write("1-tables.sql", statementsBefore(manifest).map(ended));
  await write("2-keys-and-programs.sql", statementsAfter(manifest).map(ended));
  await write("load.sql", [
    "-- In an empty database, from this folder: psql -v ON_ERROR_STOP=1 -f load.sql",
    "\\i 1-tables.sql",
    ...manifest.tables.map((table) => {
      const [before = "", after = ""] = copyInto(table).split(/ FROM STDIN$/);
      return `\\copy ${before.replace(/^COPY /, "")} FROM ${quoteLiteral(fileOf(table))}${after}`;
    }),
    "\\i 2-keys-and-programs.sql",
  ]);
}

/** Names of tables come from models, and those of files must not lead anywhere. */
function fileOf({ schema, name }: ManifestTable): string {
  return `${encodeURIComponent(`${schema}.${name}`).replaceAll("'", "%27")}.tsv`;
}
