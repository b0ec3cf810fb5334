import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environments } from "#db/schema/environments.ts";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import type { Model } from "#lib/model/types.ts";
import { env } from "#server/env.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import {
  advanceIdentities,
  applyModel,
  asEnvironmentOwner,
  createEnvironment,
  encryptionOf,
  environmentUrl,
  findEnvironment,
  previewModel,
  provisionEnvironment,
  removeEnvironment,
  rotateEncryptionKey,
} from "./service.ts";

const model: Model = {
  app: { name: "Notes" },
  resources: [
    {
      name: "Note",
      plural: "notes",
      table: "notes",
      key: {
        name: "id",
        column: "id",
        type: { kind: "integer" },
        required: true,
        unique: true,
        default: { kind: "generated" },
      },
      attributes: [{ name: "text", column: "text", type: { kind: "text" }, required: false, unique: false }],
      relationships: [],
      uniques: [],
      indexes: [],
      actions: ["read", "create", "update", "destroy"],
    },
  ],
};

let control: TestControlPlane;
let projectId: string;

beforeAll(async () => {
  control = await testControlPlane();
  const { user, organisation } = await control.person("Ada");
  const [found] = await control.db.select().from(organisations).where(eq(organisations.slug, organisation));
  const [project] = await control.db
    .insert(projects)
    .values({
      organisationId: found?.id ?? "",
      slug: "notes",
      name: "Notes",
      origin: "blank",
      state: "ready",
      createdBy: user.id,
    })
    .returning();
  projectId = project?.id ?? "";
});

afterAll(() => control[Symbol.asyncDispose]());

let number = 0;

async function environment(): Promise<string> {
  number += 1;
  const made = await createEnvironment(control.db, {
    projectId,
    name: `e${number}`,
    branch: "main",
    labelBase: `notes-e${number}`,
  });
  return made.id;
}

async function provisioned(): Promise<string> {
  const id = await environment();
  await provisionEnvironment(id);
  return id;
}

async function asRole<Result>(url: string, work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

function inDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

const forbidden = { code: "42501" };

describe("the record of an environment", () => {
  test("is made once, with a label that nobody else has", async () => {
    const given = { projectId, name: "production", branch: "main", labelBase: "shop" };
    const made = await createEnvironment(control.db, given);
    expect(await createEnvironment(control.db, given)).toEqual(made);
    const other = await createEnvironment(control.db, { ...given, name: "staging" });
    expect([made.label, other.label]).toEqual(["shop", "shop-2"]);
    const long = await createEnvironment(control.db, { ...given, name: "long", labelBase: `${"x".repeat(62)}-y` });
    expect(long.label).toBe("x".repeat(62));
    await expect(findEnvironment(control.db, projectId, "none")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the role of an environment", () => {
  test("reads and writes rows, of tables made before and after, and nothing else", async () => {
    const id = await provisioned();
    await applyModel(id, model);
    await asRole(await environmentUrl(id), async (sql) => {
      const [row] = await sql`insert into notes (text) values ('a') returning id`;
      expect(row).toEqual({ id: 1 });
      await sql`update notes set text = 'b' where id = 1`;
      expect(await sql`delete from notes returning text`).toEqual([{ text: "b" }]);
      for (const statement of [
        "create table mine (id int)",
        "create temp table mine (id int)",
        "create schema mine",
        "alter table notes add column mine int",
        "drop table notes",
        "truncate notes",
        "create index on notes (text)",
        "select * from gantry.plans",
        "delete from gantry.retired",
        "create database mine",
        "create role mine",
        "select * from pg_authid",
        "select pg_read_file('/etc/passwd')",
        "copy notes from program 'id'",
        "create extension pgcrypto",
      ]) {
        await expect(sql.unsafe(statement), statement).rejects.toMatchObject(forbidden);
      }
    });
  });

  test("connects to its own database only", async () => {
    const [one, other] = [await provisioned(), await provisioned()];
    const url = await environmentUrl(one);
    const otherName = new URL(await environmentUrl(other)).pathname.slice(1);
    const controlName = new URL(env().DATABASE_URL).pathname.slice(1);
    await asRole(url, async (sql) => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]));
    for (const name of [otherName, controlName]) {
      await asRole(inDatabase(url, name), (sql) => expect(sql`select 1`).rejects.toMatchObject(forbidden));
    }
  });

  test("is bounded in its sessions and in the time of its statements", async () => {
    await asRole(await environmentUrl(await provisioned()), async (sql) => {
      const [row] = await sql`
        select rolconnlimit > 0 as bounded, rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication as mighty,
          current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle
        from pg_roles where rolname = current_user`;
      expect(row).toEqual({ bounded: true, mighty: false, statement: "30s", idle: "30s" });
    });
  });
});

describe("the database of an environment", () => {
  test("compares text by code point", async () => {
    await asRole(await environmentUrl(await provisioned()), async (sql) => {
      const rows = await sql`select x from unnest(array['a', 'B', 'ä', 'Z', '🐘', 'z']) as x order by x`;
      expect(rows.map((row) => row.x).join("")).toBe("BZazä🐘");
    });
  });

  test("is provisioned once, however often and at once it is asked for", async () => {
    const id = await environment();
    await Promise.all([provisionEnvironment(id), provisionEnvironment(id), provisionEnvironment(id)]);
    const url = await environmentUrl(id);
    await provisionEnvironment(id);
    expect(await environmentUrl(id)).toBe(url);
    await asRole(url, async (sql) => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]));
  });

  test("is completed after a try that ended halfway", async () => {
    const id = await provisioned();
    const url = await environmentUrl(id);
    const name = new URL(url).pathname.slice(1);
    await asRole(inDatabase(env().DATABASE_URL, name), (sql) =>
      sql.unsafe(`grant connect on database ${name} to public; drop schema gantry cascade`),
    );
    await asRole(env().DATABASE_URL, (sql) => sql.unsafe(`alter role ${name} password 'lost'`));
    await provisionEnvironment(id);
    await asRole(url, (sql) => expect(sql`select * from gantry.plans`).rejects.toMatchObject(forbidden));
    const [row] = await asRole(
      env().DATABASE_URL,
      (sql) => sql`select datacl::text as acl from pg_database where datname = ${name}`,
    );
    expect(row?.acl).not.toMatch(/[{,]=/);
  });

  test("goes with its role and its sessions when the environment is removed", async () => {
    const id = await provisioned();
    const url = await environmentUrl(id);
    const name = new URL(url).pathname.slice(1);
    const open = postgres(url, { max: 1, onclose: () => {} });
    await open`select 1`;
    await removeEnvironment(id);
    await expect(open`select 1`.execute()).rejects.toThrow();
    await open.end();
    const left = await asRole(
      env().DATABASE_URL,
      (sql) => sql`
      select datname from pg_database where datname = ${name} union select rolname from pg_roles where rolname = ${name}`,
    );
    expect(left).toEqual([]);
    await removeEnvironment(id);
  });
});

describe("a preview", () => {
  test("shows the same plan before and after there is a database, and an empty one once it is applied", async () => {
    const id = await environment();
    const before = await previewModel(id, model);
    await provisionEnvironment(id);
    expect(await previewModel(id, model)).toEqual(before);
    await applyModel(id, model);
    expect((await previewModel(id, model)).steps).toEqual([]);
  });
});

test("numbering goes on above rows that came with their numbers, and never back", async () => {
  const id = await provisioned();
  await applyModel(id, model);
  await asEnvironmentOwner(id, async (sql) => {
    const next = async () => (await sql<{ id: number }[]>`insert into notes default values returning id`)[0]?.id;
    await advanceIdentities(sql);
    expect(await next()).toBe(1);
    await sql`insert into notes (id) values (41)`;
    await advanceIdentities(sql);
    expect(await next()).toBe(42);
    await sql`delete from notes where id > 1`;
    await advanceIdentities(sql);
    expect(await next()).toBe(43);
  });
});

test("an environment has keys of its own for encrypted attributes; a rotated one keeps those before", async () => {
  const id = await environment();
  const row = async () => {
    const [found] = await control.db.select().from(environments).where(eq(environments.id, id));
    if (!found) throw new Error("The environment is gone.");
    return found;
  };
  const first = encryptionOf(await row());
  expect(first?.keys).toEqual([{ id: first?.current, key: expect.stringMatching(/^[\w-]{43}$/) }]);
  expect((await row()).encryptionSealed).not.toContain(first?.keys[0]?.key ?? "");
  const rotated = encryptionOf(await rotateEncryptionKey(control.db, await row()));
  expect(rotated).toEqual(encryptionOf(await row()));
  expect(rotated?.keys).toEqual([...(first?.keys ?? []), { id: rotated?.current, key: expect.any(String) }]);
  expect(rotated?.current).not.toBe(first?.current);

  // One that was made before there were keys gets them when it is next provisioned, once.
  await control.db.update(environments).set({ encryptionSealed: null }).where(eq(environments.id, id));
  await provisionEnvironment(id);
  const given = encryptionOf(await row());
  await provisionEnvironment(id);
  expect([given, encryptionOf(await row())]).toEqual([expect.objectContaining({ keys: [expect.anything()] }), given]);
});
