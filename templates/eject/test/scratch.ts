import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { withOwnerSession } from "#server/features/environments/EnvironmentDatabase.ts";
import { readSettings, type Settings } from "../src/settings.ts";

/** A database of the tests' own on the server of `DATABASE_URL`, and a folder; both go again. */
export interface Scratch {
  readonly settings: Settings;
  remove(): Promise<void>;
}

export async function scratch(): Promise<Scratch> {
  const settings = readSettings();
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const url = new URL(settings.ownerDatabaseUrl);
  // Compared and sorted by code point, the same on every machine.
  await withOwnerSession(settings.ownerDatabaseUrl, (sql) =>
    sql.unsafe(
      `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'`,
    ),
  );
  url.pathname = `/${name}`;
  const folder = await mkdtemp(join(tmpdir(), "app-test-"));
  return {
    settings: {
      ...settings,
      host: "127.0.0.1",
      port: 0,
      ownerDatabaseUrl: url.href,
      databaseUrl: url.href,
      dataFolder: folder,
      apiKeysFile: join(folder, "api-keys.json"),
    },
    async remove() {
      await withOwnerSession(settings.ownerDatabaseUrl, (sql) =>
        sql.unsafe(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`),
      );
      await rm(folder, { recursive: true, force: true });
    },
  };
}
