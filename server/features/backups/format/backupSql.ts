import { copyInto, statementsAfter, statementsBefore } from "../database/tableStatements.ts";
import type { CheckedRecord } from "./backupFile.ts";
import { damagedBackup } from "./damagedBackup.ts";

/** A backup as SQL for `psql`, into a new and empty database; in pieces. */
export async function* backupSql(records: AsyncIterable<CheckedRecord>): AsyncGenerator<Buffer | string, void> {
  for await (const record of records) {
    const { manifest } = record;
    switch (record.kind) {
      case "manifest":
        yield `-- Environment ${JSON.stringify(manifest.environment.name)} as it was at ${manifest.at}, `;
        yield `release ${manifest.release ?? "none"}, commit ${manifest.commit ?? "none"}.\n`;
        yield* [
          "SET client_encoding = 'UTF8'",
          "SET standard_conforming_strings = on",
          "SET DateStyle = 'ISO, YMD'",
          "SET TimeZone = 'UTC'",
          "SELECT pg_catalog.set_config('search_path', '', false)",
          ...statementsBefore(manifest),
        ].map(ended);
        break;
      case "table": {
        const table = manifest.tables[record.index];
        if (!table) throw damagedBackup("it holds a table that it does not describe");
        yield ended(copyInto(table));
        break;
      }
      case "rows":
        yield record.bytes;
        break;
      case "tableEnd":
        yield "\\.\n\n";
        break;
      case "end":
        yield* statementsAfter(manifest).map(ended);
        yield "-- This backup is whole.\n";
    }
  }
}

const ended = (statement: string) => `${statement};\n`;
