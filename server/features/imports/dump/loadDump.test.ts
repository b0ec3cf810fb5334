import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "#lib/errors/AppError.ts";
import type { TestDatabase } from "#tests/support/postgres.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { testSettings } from "#tests/support/settings.ts";
import type { OtherReport } from "../ImportReport.ts";
import { createScratch, dropScratch, listScratch, scratchName } from "../scratch/ScratchDatabase.ts";
import { openSession } from "../source/openSession.ts";
import { northwind } from "../testing/sourceDatabase.ts";
import type { LoadLimits } from "./loadDump.ts";
import { loadDump, loadLimits } from "./loadDump.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  Object.assign(process.env, testSettings({ DATABASE_URL: database.url }));
  folder = await mkdtemp(join(tmpdir(), "gantry-dump-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await database[Symbol.asyncDispose]();
});

interface Loaded {
  readonly notes: readonly OtherReport[];
  readonly answers: readonly unknown[];
}

/** Loads a dump into a scratch database of its own and asks it the queries. */
async function load(
  dump: string | Buffer,
  { limits = {}, ask = [] }: { readonly limits?: Partial<LoadLimits>; readonly ask?: readonly string[] } = {},
): Promise<Loaded> {
  const id = crypto.randomUUID();
  const path = join(folder, id);
  await writeFile(path, dump);
  const all = { ...loadLimits, ...limits };
  const scratch = await createScratch(id, all);
  try {
    const notes = await loadDump(path, scratch, { limits: all });
    await using session = openSession(scratch, { receive: 1024 * 1024 });
    const answers: unknown[] = [];
    for (const query of ask) answers.push((await session.sql.unsafe(query))[0]);
    return { notes, answers };
  } finally {
    await dropScratch(scratchName(id));
  }
}

async function failure(dump: string | Buffer, limits: Partial<LoadLimits> = {}): Promise<string> {
  const error = await load(dump, { limits }).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof AppError)) throw new Error("It was not refused.", { cause: error });
  expect(error.code).toBe("invalid_input");
  return error.message;
}

describe("loading a dump", () => {
  test("Northwind, plain and compressed, in UTF-8 and in UTF-16", async () => {
    const text = await northwind();
    const ask = [
      "select count(*)::int as orders from orders",
      "select city from customers where customer_id = 'ANATR'",
    ];
    const expected = [{ orders: 830 }, { city: "México D.F." }];
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    for (const dump of [text, gzipSync(text), wide, gzipSync(wide)])
      expect((await load(dump, { ask })).answers).toEqual(expected);
  });

  test("what pg_dump writes: rows by COPY, sequences, schemas, owners, rights, extensions, functions", async () => {
    const dump = `--
-- PostgreSQL database dump
--
\\restrict Qm3
SET statement_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'LATIN1';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;
CREATE DATABASE shop WITH TEMPLATE = template0;
ALTER DATABASE shop OWNER TO shopkeeper;
\\connect shop
CREATE SCHEMA sales AUTHORIZATION shopkeeper;
CREATE SCHEMA public;
ALTER SCHEMA sales OWNER TO shopkeeper;
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
COMMENT ON EXTENSION postgis IS 'maps';
CREATE FUNCTION sales.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.id := new.id; RETURN new; END; $$;
ALTER FUNCTION sales.touch() OWNER TO shopkeeper;
SET default_tablespace = fast;
SET default_table_access_method = heap;
CREATE TABLE sales.items (id integer NOT NULL, name public.citext, note text);
ALTER TABLE sales.items OWNER TO shopkeeper;
CREATE SEQUENCE sales.items_id_seq AS integer START WITH 1;
ALTER SEQUENCE sales.items_id_seq OWNED BY sales.items.id;
ALTER TABLE ONLY sales.items ALTER COLUMN id SET DEFAULT nextval('sales.items_id_seq'::regclass);
COPY sales.items (id, name, note) FROM stdin;
1\tTee\tna\\u00efve\\nsecond line
2\tCaf\u00e9\t\\N
\\.
SELECT pg_catalog.setval('sales.items_id_seq', 7, true);
ALTER TABLE ONLY sales.items ADD CONSTRAINT items_pkey PRIMARY KEY (id);
ALTER TABLE sales.items CLUSTER ON items_pkey;
CREATE INDEX by_map ON sales.items USING gist (name);
CREATE TRIGGER touch BEFORE UPDATE ON sales.items FOR EACH ROW EXECUTE FUNCTION sales.touch();
CREATE VIEW sales.broken AS SELECT * FROM sales.nowhere;
CREATE PUBLICATION everything FOR ALL TABLES;
GRANT ALL ON TABLE sales.items TO shopkeeper;
REVOKE ALL ON TABLE sales.items FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE shopkeeper GRANT ALL ON TABLES TO shopkeeper;
\\unrestrict Qm3
`;
    const { notes, answers } = await load(Buffer.from(dump, "latin1"), {
      ask: [
        "select string_agg(name::text, ',' order by id) as names, max(note) as note from sales.items",
        "select last_value::int as last from sales.items_id_seq",
      ],
    });
    expect(answers[0]).toMatchObject({ names: "Tee,Café" });
    expect(answers[1]).toEqual({ last: 7 });
    const told = notes.map(({ kind, name }) => `${kind}: ${name}`);
    expect(told).toContain("statement: \\connect shop");
    expect(told).toContain("statement: GRANT and REVOKE");
    expect(told).toContain("statement: databases");
    expect(told).toContain("statement: replication");
    expect(told.some((entry) => entry.startsWith("extension: CREATE EXTENSION IF NOT EXISTS postgis"))).toBe(true);
    expect(told.some((entry) => entry.startsWith("view: CREATE VIEW sales.broken"))).toBe(true);
  });

  test("a failure names the line, the statement and the database's reason", async () => {
    expect(await failure("CREATE TABLE a (id int);\n\nINSERT INTO b VALUES (1);")).toBe(
      'Line 3 of the dump failed: relation "b" does not exist. INSERT INTO b VALUES (1)',
    );
    const rows = "CREATE TABLE a (id int);\nCOPY a FROM stdin;\n1\n2\nthree\n\\.\n";
    expect(await failure(rows)).toMatch(/^Line 5 of the dump failed: invalid input syntax for type integer: "three"/);
  });
});

describe("what is no dump of PostgreSQL", () => {
  test.each<[string, string | Buffer, RegExp]>([
    ["custom format", Buffer.concat([Buffer.from("PGDMP"), Buffer.alloc(90, 1)]), /pg_dump --format=plain/],
    ["compressed custom format", gzipSync("PGDMP and so on"), /pg_dump --format=plain/],
    ["tar", Buffer.concat([Buffer.alloc(257, 97), Buffer.from("ustar"), Buffer.alloc(250)]), /tar/],
    ["zip", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /ZIP/],
    ["image", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /binary/],
    ["MySQL", "-- MySQL dump 10.13\nCREATE TABLE `a` (`id` int) ENGINE=InnoDB;", /MySQL or MariaDB/],
    ["SQLite", "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;", /SQLite/],
    ["prose", "Dear Sir or Madam, thank you; yours", /not an SQL dump.*line 1/],
    ["JSON", '{"tables": []}', /not an SQL dump/],
    ["nothing", "", /empty/],
    ["damaged gzip", Buffer.concat([gzipSync("x".repeat(1e5)).subarray(0, 40), Buffer.from("zz")]), /damaged/],
    ["not UTF-8", Buffer.from([0x53, 0x45, 0x4c, 0xff, 0xfe, 0x3b]), /not UTF-8/],
  ])("%s", async (_, dump, message) => {
    expect(await failure(dump)).toMatch(message);
  });
});

describe("a dump that reaches out is contained", () => {
  test.each<[string, string, RegExp]>([
    ["a program", "CREATE TABLE t (x text);\nCOPY t FROM PROGRAM 'id';", /^Line 2 .*permission denied/],
    ["a file by COPY", "CREATE TABLE t (x text);\nCOPY t FROM '/etc/passwd';", /^Line 2 .*permission denied/],
    ["a file written", "COPY (SELECT 1) TO '/tmp/gantry-was-here';", /^Line 1 .*COPY TO/],
    ["a file by function", "SELECT pg_read_file('/etc/passwd');", /permission denied/],
    ["a large object of a file", "SELECT lo_import('/etc/passwd');", /permission denied/],
    ["a folder", "SELECT pg_ls_dir('.');", /permission denied/],
    ["a program in a block", "DO $$ BEGIN EXECUTE 'COPY pg_temp.x FROM PROGRAM ''id'''; END $$;", /failed/],
    ["a new role", "DO $$ BEGIN EXECUTE 'CREATE ROLE gantry_evil SUPERUSER'; END $$;", /permission denied/],
    ["another role", "DO $$ BEGIN EXECUTE 'SET ROLE postgres'; END $$;", /permission denied/],
    ["the server's settings", "DO $$ BEGIN EXECUTE 'ALTER SYSTEM SET work_mem = ''1GB'''; END $$;", /failed/],
    [
      "ending others",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user;",
      /permission denied/,
    ],
    ["psql's shell", "\\! id\n", /psql command/],
    ["psql's include", "\\i /etc/passwd\n", /psql command/],
    ["psql's copy", "\\copy t from '/etc/passwd'\n", /psql command/],
  ])("%s", async (_, dump, message) => {
    expect(await failure(dump)).toMatch(message);
  });

  test("functions in C, other servers, roles and the server's settings are left out and told of", async () => {
    const { notes } = await load(`
      CREATE FUNCTION evil() RETURNS int LANGUAGE c AS 'libc.so.6', 'system';
      CREATE EXTENSION dblink;
      CREATE EXTENSION postgres_fdw;
      CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
      CREATE ROLE evil SUPERUSER;
      SET ROLE postgres;
      SET SESSION AUTHORIZATION postgres;
      ALTER SYSTEM SET work_mem = '1GB';
      ALTER ROLE CURRENT_USER SUPERUSER;
      DROP DATABASE postgres;
    `);
    const said = notes.map(({ name, message }) => `${name} | ${message}`).join("\n");
    expect(said).toMatch(/evil\(\).*permission denied for language c/);
    expect(said).toMatch(/dblink/);
    for (const topic of ["foreign servers", "roles", "ALTER SYSTEM", "databases"]) expect(said).toContain(topic);
  });

  test("the control plane's database cannot be reached even with the scratch role's password", async () => {
    const id = crypto.randomUUID();
    const scratch = await createScratch(id, loadLimits);
    try {
      await using session = openSession(
        { ...scratch, database: new URL(database.url).pathname.slice(1) },
        { receive: 1024 * 1024 },
      );
      await expect(session.sql`select 1`).rejects.toThrow("permission denied for database");
    } finally {
      await dropScratch(scratchName(id));
    }
  });

  test("a loop without end, although it lifts its own time limit", async () => {
    const dump = "SELECT set_config('statement_timeout', '0', false);\nDO $$ BEGIN LOOP END LOOP; END $$;";
    expect(await failure(dump, { deadlineSeconds: 1 })).toMatch(/longer than the 1 seconds/);
    expect(await failure("DO $$ BEGIN LOOP END LOOP; END $$;", { statementSeconds: 1 })).toMatch(/^Line 1 .*too long/);
  });

  test("a dump that fills the disk", async () => {
    const dump = "CREATE TABLE t AS SELECT generate_series(1, 1000000000) AS i, md5(random()::text) AS a;";
    expect(await failure(dump, { maxDatabaseBytes: 30 * 1024 * 1024 })).toMatch(/more than the 30 MB/);
  });

  test("a dump that fills the disk with temporary files", async () => {
    const admin = postgres(database.adminUrl, { max: 1 });
    await admin.unsafe(`GRANT SET ON PARAMETER temp_file_limit TO "${new URL(database.url).username}"`);
    const dump = "SELECT i FROM generate_series(1, 1000000000) i ORDER BY i DESC;";
    expect(await failure(dump, { maxDatabaseBytes: 30 * 1024 * 1024 })).toMatch(/temporary file size exceeds/);
    await admin.unsafe(`REVOKE SET ON PARAMETER temp_file_limit FROM "${new URL(database.url).username}"`);
    await admin.end();
  });

  test("ten thousand tables", async () => {
    const tables = Array.from({ length: 10_000 }, (_, number) => `CREATE TABLE t${number} (id int);`);
    expect(await failure(tables.join("\n"))).toMatch(/more than 1000 tables/);
  });

  test("a bomb in gzip", async () => {
    const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024, "-- so long\n"), { level: 9 });
    expect(await failure(bomb, { maxBytes: 10 * 1024 * 1024 })).toMatch(/more than 10 MB/);
  });

  test("answers without end", async () => {
    for (const statement of [
      "SELECT repeat('x', 20000000);",
      "WITH x AS (SELECT repeat('x', 20000000)) SELECT * FROM x;",
    ])
      expect((await load(statement)).notes).toEqual([]);
    const loud =
      "DO $$ BEGIN PERFORM set_config('client_min_messages', 'notice', false); LOOP RAISE NOTICE '%', repeat('x', 1000000); END LOOP; END $$;";
    expect(await failure(loud, { deadlineSeconds: 20 })).toMatch(/gives back more data/);
    expect(await failure("CREATE TABLE t (x text); INSERT INTO t VALUES ('x') RETURNING x;")).toMatch(/RETURNING/);
  });

  test("nothing is left behind", async () => {
    expect(await listScratch()).toEqual([]);
  });
});
