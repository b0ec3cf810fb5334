import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import type { Model } from "../../model/types.ts";
import { attribute, belongsTo, resource } from "../testing/modelParts.ts";
import { modelToSchema } from "./modelToSchema.ts";
import { planSchema } from "./planSchema.ts";

const link = { kind: "manyToMany", table: "note_tags" } as const;

/** Notes with events and a change feed, tags with a change feed alone, folders with neither. */
const model: Model = {
  app: { name: "Events" },
  resources: [
    resource("Folder", { plural: "folders", attributes: [attribute("name", { type: { kind: "text" } })] }),
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
      features: { events: true, changeFeed: true, softDelete: { column: "gone" } },
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
  await database.sql`truncate gantry_changes, gantry_feed, gantry_parked_events`;
});

/** `updated notes 1: one > uno`, for each event. */
async function events(): Promise<readonly string[]> {
  const rows = await database.sql`
    select kind, resource, record, link, before ->> 'title' as was, after ->> 'title' as is_now
    from gantry_changes where event is not null order by txid, id`;
  return rows.map(
    ({ kind, resource: of, record, link: by, was, is_now }) =>
      `${kind} ${of} ${record}${by ? ` by ${by}` : ""}: ${was ?? "-"} > ${is_now ?? "-"}`,
  );
}

describe("what becomes an event", () => {
  test("each change, whoever makes it, with the row before and after", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one'), (2, 'two')`;
    await database.sql`update notes set title = 'uno' where no = 1`;
    await database.sql`update notes set title = 'uno' where no = 1`;
    await database.sql`delete from notes where no = 2`;
    expect(await events()).toEqual([
      "created notes 1: - > one",
      "created notes 2: - > two",
      "updated notes 1: one > uno",
      "destroyed notes 2: two > -",
    ]);
  });

  test("records that are destroyed and kept are destroyed, and created when they come back", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one')`;
    await database.sql`update notes set gone = now()`;
    await database.sql`update notes set gone = null`;
    expect(await events()).toEqual([
      "created notes 1: - > one",
      "destroyed notes 1: one > one",
      "created notes 1: one > one",
    ]);
  });

  test("what a cascade takes along, and nothing of what is undone", async () => {
    const [folder] = await database.sql`insert into folders (name) values ('f') returning id`;
    await database.sql`insert into notes (no, title, folder_id) values (1, 'one', ${folder?.id})`;
    await database.sql
      .begin(async (sql) => {
        await sql`update notes set title = 'uno'`;
        throw new Error("undone");
      })
      .catch(() => {});
    await database.sql`delete from folders`;
    expect(await events()).toEqual(["created notes 1: - > one", "destroyed notes 1: one > -"]);
  });

  test("links of records that have events; the others are noted for the change feed only", async () => {
    await database.sql`insert into notes (no, title) values (1, 'one')`;
    await database.sql`insert into tags (id) values ('a')`;
    await database.sql`insert into note_tags (note_no, tag_id) values (1, 'a')`;
    expect(await events()).toEqual(["created notes 1: - > one", "updated notes 1 by tags: one > one"]);
    const feed = await database.sql`select kind, resource from gantry_changes where event is null order by id`;
    expect(feed.map(({ kind, resource: of }) => `${kind} ${of}`)).toEqual(["created tags", "updated tags"]);
  });
});

describe("who and what made it", () => {
  test("is told by the settings of the transaction; the action only of what it was done to", async () => {
    await database.sql.begin(async (sql) => {
      await sql`select set_config('gantry.actor', 'u1', true), set_config('gantry.actor_kind', 'user', true),
        set_config('gantry.action', 'win', true), set_config('gantry.acting_on', 'notes', true),
        set_config('gantry.run', 'r1', true), set_config('gantry.run_depth', '3', true)`;
      await sql`insert into notes (no) values (1)`;
      await sql`select set_config('gantry.acting_on', 'folders', true)`;
      await sql`insert into notes (no) values (2)`;
    });
    await database.sql`insert into notes (no) values (3)`;
    const told = await database.sql`
      select action, actor, actor_kind, run, depth::text, made_by = txid as own from gantry_changes order by id`;
    const whom = { actor: "u1", actor_kind: "user", run: "r1", depth: "3", own: true };
    const nobody = { action: null, actor: null, actor_kind: null, run: null, depth: null, own: true };
    expect(told.map((row) => ({ ...row }))).toEqual([{ action: "win", ...whom }, { action: null, ...whom }, nobody]);
  });
});

describe("how long they are kept", () => {
  const age = (days: number) => database.sql`update gantry_changes set at = now() - ${`${days} days`}::interval`;
  const taken = (position: string) => database.sql`
    insert into gantry_feed (name, txid, id) select 'consumer:' || ${position}, txid, id
    from gantry_changes order by txid desc, id desc limit 1`;
  const sweep = () => database.sql`select gantry_sweep_changes((select max(id) from gantry_changes))`;
  const left = async () =>
    (await database.sql`select resource from gantry_changes order by id`).map((row) => row.resource);

  /** Transactions in other databases of the server hold it up. */
  const swept = (expected: readonly string[]) =>
    expect
      .poll(async () => {
        await sweep();
        return left();
      })
      .toEqual(expected);

  beforeEach(async () => {
    await database.sql`insert into notes (no) values (1)`;
    await database.sql`insert into tags (id) values ('a')`;
  });

  test("events for a week, and longer while somebody has not taken them; other changes for a day", async () => {
    await age(2);
    await taken("one");
    await swept(["notes"]);
    await age(8);
    await database.sql`insert into gantry_feed (name, txid, id) values ('consumer:two', 0, 0)`;
    await swept(["notes"]);
    await database.sql`delete from gantry_feed where name = 'consumer:two'`;
    await swept([]);
  });

  test("those that were set aside stay; nothing stays for ever", async () => {
    await taken("one");
    await database.sql`insert into gantry_parked_events (consumer, event, txid, id, attempts, reason, parked)
      select 'one', event, txid, id, 8, 'no', true from gantry_changes where event is not null`;
    await age(8);
    await swept(["notes"]);
    await age(31);
    await swept([]);
  });
});

test("resources that a process starts by or waits for have events too; without any of it there is nothing", () => {
  const plain: Model = {
    ...model,
    resources: model.resources.map(({ features: _, ...rest }) => rest),
  };
  const names = (asked: Model) =>
    modelToSchema(asked).tables.flatMap(({ name, triggers = [] }) =>
      triggers.some(({ action }) => action.includes("gantry_event_change")) || name.startsWith("gantry_parked")
        ? [name]
        : [],
    );
  expect(names(plain)).toEqual([]);
  const waiting: Model = {
    ...plain,
    processes: [
      {
        name: "chase",
        starts: [{ kind: "change", resource: "Folder" }],
        steps: [
          {
            kind: "parallel",
            name: "both",
            branches: [
              {
                name: "one",
                steps: [{ kind: "waitFor", name: "tagged", resource: "Tag", match: "true", within: "PT1H" }],
              },
            ],
          },
        ],
      },
    ],
  };
  expect(names(waiting)).toEqual(["folders", "tags", "gantry_parked_events"]);
  const telling: Model = {
    ...plain,
    processes: [{ name: "tell", steps: [{ kind: "emit", name: "it", type: "x.y" }] }],
  };
  expect(names(telling)).toEqual(["gantry_parked_events"]);
});

test("a change feed becomes one with events, and the other way round, without a second note of a change", async () => {
  const fed: Model = {
    ...model,
    resources: model.resources.map((it) => (it.name === "Note" ? { ...it, features: { changeFeed: true } } : it)),
  };
  await using other = await modelDatabase(fed);
  const steps = planSchema(modelToSchema(fed), modelToSchema(model)).steps.filter(({ table }) => table !== "notes");
  const triggers = planSchema(modelToSchema(fed), modelToSchema(model)).steps.filter(
    ({ kind, table }) => kind === "createTrigger" && table === "notes",
  );
  await other.sql`insert into notes (no) values (1)`;
  for (const { sql } of [...steps, ...triggers]) await other.sql.unsafe(sql);
  await other.sql`insert into notes (no) values (2)`;
  const noted = await other.sql`select record, event is not null as told from gantry_changes order by id`;
  expect(noted.map(({ record, told }) => [record, told])).toEqual([
    ["1", false],
    ["2", true],
  ]);
});
