import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import type { Model } from "../../model/types.ts";
import { attribute, belongsTo, resource } from "../testing/modelParts.ts";
import { modelToSchema } from "./modelToSchema.ts";
import { planSchema } from "./planSchema.ts";

const link = { kind: "manyToMany", table: "note_tags" } as const;

/** Notes and tags with a change feed; folders without. */
const model: Model = {
  app: { name: "Feed" },
  resources: [
    resource("Folder", {
      plural: "folders",
      attributes: [attribute("name", { type: { kind: "text" } })],
    }),
    resource("Note", {
      plural: "notes",
      key: attribute("id", { type: { kind: "integer" }, required: true, unique: true, column: "no" }),
      attributes: [attribute("title", { type: { kind: "text" } })],
      relationships: [
        { ...belongsTo("folder", "Folder"), onDelete: "cascade" },
        {
          ...link,
          owner: true,
          name: "tags",
          target: "Tag",
          inverse: "notes",
          sourceColumn: "note_no",
          targetColumn: "tag_id",
        },
      ],
      features: { changeFeed: true, softDelete: { column: "gone" } },
    }),
    resource("Tag", {
      plural: "tags",
      key: attribute("id", { type: { kind: "text" }, required: true, unique: true }),
      relationships: [
        {
          ...link,
          owner: false,
          name: "notes",
          target: "Note",
          inverse: "tags",
          sourceColumn: "tag_id",
          targetColumn: "note_no",
        },
      ],
      features: { changeFeed: true },
    }),
  ],
};

let database: ModelDatabase;
beforeAll(async () => {
  database = await modelDatabase(model);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.sql`delete from notes`;
  await database.sql`delete from tags`;
  await database.sql`truncate gantry_changes, gantry_feed`;
});

/** `created notes 1`, and the title before where there was a row. */
async function changes(): Promise<readonly string[]> {
  const rows = await database.sql`
    select kind, resource, record, before ->> 'title' as title from gantry_changes order by txid, id`;
  return rows.map(({ kind, resource: of, record, title }) =>
    [kind, of, record, ...(title === null ? [] : [title])].join(" "),
  );
}

describe("what is noted", () => {
  test("each change, whoever makes it, with the row as it was", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one'), (2, 'two')`;
    await database.sql`update notes set title = 'uno' where no = 1`;
    await database.sql`delete from notes where no = 2`;
    expect(await changes()).toEqual([
      "created notes 1",
      "created notes 2",
      "updated notes 1 one",
      "destroyed notes 2 two",
    ]);
  });

  test("nothing of what is undone, or changes nothing", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one')`;
    await database.sql`truncate gantry_changes`;
    await database.sql`update notes set title = 'one'`;
    await database.sql
      .begin(async (sql) => {
        await sql`update notes set title = 'uno'`;
        throw new Error("undone");
      })
      .catch(() => {});
    expect(await changes()).toEqual([]);
  });

  test("records that are destroyed and kept count as destroyed, and as created when they come back", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one')`;
    await database.sql`update notes set gone = now()`;
    await database.sql`update notes set gone = null`;
    expect(await changes()).toEqual(["created notes 1", "destroyed notes 1 one", "created notes 1 one"]);
  });

  test("a record with another key is another record", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one')`;
    await database.sql`update notes set no = 2`;
    expect(await changes()).toEqual(["created notes 1", "destroyed notes 1 one", "created notes 2"]);
  });

  test("what a cascade takes along", async () => {
    const [folder] = await database.sql`insert into folders (name) values ('f') returning id`;
    await database.sql`insert into notes (no, title, folder_id) values (1, 'one', ${folder?.id})`;
    await database.sql`delete from folders`;
    expect(await changes()).toEqual(["created notes 1", "destroyed notes 1 one"]);
  });

  test("a link changes the records at its ends, as long as they are there", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one')`;
    await database.sql`insert into tags (id) values ('a'), ('b')`;
    await database.sql`truncate gantry_changes`;
    await database.sql`insert into note_tags (note_no, tag_id) values (1, 'a'), (1, 'b')`;
    await database.sql`delete from note_tags where tag_id = 'a'`;
    await database.sql`delete from tags where id = 'b'`;
    expect(await changes()).toEqual([
      ...["updated notes 1 one", "updated tags a", "updated notes 1 one", "updated tags b"],
      ...["updated notes 1 one", "updated tags a"],
      ...["destroyed tags b", "updated notes 1 one"],
    ]);
  });
});

test("changes of one record stay in their order, whichever transaction began first", async () => {
  const { sql } = database;
  await sql`insert into notes (no, title) values (1, 'a')`;
  await sql.begin(async (early) => {
    // It has its number before the other transaction has one, and changes the record after it.
    await early`select pg_current_xact_id()`;
    await sql`update notes set title = 'b'`;
    await early`update notes set title = 'c'`;
  });
  expect(await changes()).toEqual(["created notes 1", "updated notes 1 a", "updated notes 1 b"]);
});

test("a change costs no more for all the changes that are there", async () => {
  const read = await database.sql.begin(async (sql) => {
    await sql`insert into notes (no, title) select n, 'x' from generate_series(1, 1000) n`;
    const [stat] = await sql`
      select seq_tup_read::int as rows from pg_stat_xact_user_tables where relname = 'gantry_changes'`;
    return stat?.rows;
  });
  expect(read).toBeLessThan(1000);
});

describe("sweeping", () => {
  /** Other tests' transactions on the server may have to end first. */
  const sweep = async () => {
    await database.sql`select gantry_sweep_changes(0)`;
    return changes();
  };
  const swept = async () => (await database.sql`select txid, id from gantry_feed where name = 'swept'`)[0];

  test("takes what is older than a day, and notes how far it came", async () => {
    await database.sql`insert into notes (no, title) select n, 'x' from generate_series(1, 10) n`;
    await database.sql`update gantry_changes set at = now() - interval '25 hours' where record::int <= 4`;
    const [last] = await database.sql`select txid, id from gantry_changes where record = '4'`;
    await expect.poll(sweep).toHaveLength(6);
    expect(await swept()).toEqual(last);
  });

  test("goes on with the changes themselves, in small steps", async () => {
    await database.sql`insert into notes (no, title) select n, 'x' from generate_series(1, 500) n`;
    await database.sql`update gantry_changes set at = now() - interval '25 hours'`;
    const old = async () => {
      await database.sql`update notes set title = title || 'y' where no <= 64`;
      const [left] = await database.sql`
        select count(*)::int as count from gantry_changes where at < now() - interval '1 hour'`;
      return left?.count;
    };
    await expect.poll(old).toBe(0);
  });

  test("waits for nobody", async () => {
    const { sql } = database;
    await sql`insert into notes (no, title) values (1, 'x')`;
    await sql`select gantry_sweep_changes(0)`;
    await sql`update gantry_changes set at = now() - interval '25 hours'`;
    await sql.begin(async (other) => {
      await other`select gantry_sweep_changes(0)`;
      // Would wait for ever if it waited for the transaction around it.
      await sql`select gantry_sweep_changes(0)`;
    });
    await expect.poll(sweep).toEqual([]);
  });
});

test("a table whose resource is gone can be changed when the feed is gone too", async () => {
  await using other = await modelDatabase(model);
  const plain: Model = { ...model, resources: model.resources.filter(({ name }) => name === "Folder") };
  const actual = modelToSchema(model);
  const steps = planSchema(
    { ...actual, functions: (actual.functions ?? []).map((made) => ({ ...made, found: { print: "", tables: [] } })) },
    modelToSchema(plain),
  ).steps;
  const dropped = steps.filter(({ kind }) => kind === "dropFunction" || kind === "dropTrigger");
  expect(dropped.length).toBeGreaterThan(0);
  const kept = new Set(["gantry_feed_change", "gantry_feed_link"]);
  for (const { sql } of dropped) if (![...kept].some((name) => sql.includes(name))) await other.sql.unsafe(sql);
  await other.sql`drop table gantry_changes, gantry_feed`;
  await other.sql`insert into notes (no, title) values (1, 'one')`;
  await other.sql`delete from notes`;
  expect((await other.sql`select from notes`).length).toBe(0);
});

test("a model without change feeds has nothing of it", () => {
  const plain: Model = {
    ...model,
    resources: model.resources.map(({ features: _, ...rest }) => rest),
  };
  const { tables, functions = [] } = modelToSchema(plain);
  expect(tables.flatMap(({ triggers = [] }) => triggers)).toEqual([]);
  expect([...tables, ...functions].filter(({ name }) => /gantry_(change|feed|note|sweep)/.test(name))).toEqual([]);
});
