import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "#lib/errors/AppError.ts";
import type { Attribute, BelongsTo, ManyToMany, Model, Resource } from "#lib/model/types.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { applyModelTo } from "../../environments/applyModelTo.ts";
import { insertSeeds } from "./insertSeeds.ts";
import { readSeeds } from "./readSeeds.ts";

function attribute(name: string, parts: Partial<Attribute> = {}): Attribute {
  return { name, column: `c_${name}`, type: { kind: "text" }, required: false, unique: false, ...parts };
}

function link(name: string, target: string, parts: Partial<BelongsTo> = {}): BelongsTo {
  return {
    kind: "belongsTo",
    name,
    target,
    column: `${name}_id`,
    required: false,
    unique: false,
    onDelete: "restrict",
    ...parts,
  };
}

function resource(name: string, parts: Partial<Resource> = {}): Resource {
  const table = `t_${name.toLowerCase()}`;
  return {
    name,
    plural: table,
    table,
    key: attribute("id", { required: true, unique: true, type: { kind: "integer" }, default: { kind: "generated" } }),
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
    ...parts,
  };
}

const tagged = { kind: "manyToMany", table: "person_tags" } as const;
const tags: ManyToMany = {
  ...tagged,
  name: "tags",
  target: "Tag",
  sourceColumn: "person_id",
  targetColumn: "tag_id",
  inverse: "people",
  owner: true,
};
const people: ManyToMany = {
  ...tagged,
  name: "people",
  target: "Person",
  sourceColumn: "tag_id",
  targetColumn: "person_id",
  inverse: "tags",
  owner: false,
};

/** Persons lead themselves and teams; teams have a leader: a cycle and a self-reference. */
const model: Model = {
  app: { name: "Seeds" },
  resources: [
    resource("Person", {
      attributes: [
        attribute("name", { required: true, maxLength: 10 }),
        attribute("salary", { type: { kind: "decimal", precision: 20, scale: 2 }, min: "0" }),
        attribute("level", {
          type: { kind: "choice", options: [{ name: "high", stored: "H" }] },
          default: { kind: "literal", value: "high" },
        }),
        attribute("joinedAt", { type: { kind: "timestamp" }, default: { kind: "now" } }),
        attribute("notes", { type: { kind: "json" } }),
        attribute("badge", { unique: true }),
      ],
      relationships: [link("manager", "Person"), link("team", "Team", { required: true }), tags],
      uniques: [["name", "team"]],
    }),
    resource("Tag", {
      key: attribute("id", { required: true, unique: true, type: { kind: "uuid" }, default: { kind: "uuid" } }),
      attributes: [attribute("label")],
      relationships: [people],
    }),
    resource("Team", { attributes: [attribute("name")], relationships: [link("leader", "Person")] }),
  ],
};

const red = "00000000-0000-4000-8000-000000000001";

const files = {
  "README.md": "not a seed",
  "seeds/person.json": JSON.stringify([
    {
      id: 5,
      name: "Ada",
      salary: "12345678901234567.89",
      managerId: 6,
      teamId: 1,
      tags: [red],
      notes: { a: [1, null] },
    },
    { id: 6, name: "Bob", teamId: 2, managerId: null, badge: "B" },
    { name: "Cy", teamId: 1, managerId: 5 },
  ]),
  "seeds/tag.json": JSON.stringify([{ id: red.toUpperCase(), label: "red", people: [5, 6] }, { label: "blue" }]),
  "seeds/team.json": JSON.stringify([{ name: "one", leaderId: 5 }, { name: "two" }]),
};

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await sql.unsafe("drop schema public cascade; create schema public");
  await applyModelTo(database.url, model);
});

describe("the seeds of an app", () => {
  test("fill a new environment through self-references, cycles, links from both sides, names of options and defaults", async () => {
    expect(await insertSeeds(sql, model, readSeeds(model, files))).toEqual({ rows: 7 });
    expect(
      await sql`select c_id, c_name, c_salary, c_level, c_notes, manager_id, team_id, c_joinedat is not null as joined from (select *, "c_joinedAt" as c_joinedat from t_person) p order by c_id`,
    ).toEqual([
      { c_id: 1, c_name: "Cy", c_salary: null, c_level: "H", c_notes: null, manager_id: 5, team_id: 1, joined: true },
      {
        c_id: 5,
        c_name: "Ada",
        c_salary: "12345678901234567.89",
        c_level: "H",
        c_notes: { a: [1, null] },
        manager_id: 6,
        team_id: 1,
        joined: true,
      },
      {
        c_id: 6,
        c_name: "Bob",
        c_salary: null,
        c_level: "H",
        c_notes: null,
        manager_id: null,
        team_id: 2,
        joined: true,
      },
    ]);
    expect(await sql`select c_name, leader_id from t_team order by c_id`).toEqual([
      { c_name: "one", leader_id: 5 },
      { c_name: "two", leader_id: null },
    ]);
    expect(await sql`select person_id, tag_id from person_tags order by person_id`).toEqual([
      { person_id: 5, tag_id: red },
      { person_id: 6, tag_id: red },
    ]);
    // The next number is a free one.
    expect(await sql`insert into t_person (c_name, team_id) values ('Di', 1) returning c_id`).toEqual([{ c_id: 7 }]);
  });

  test("are numbered by their sequences in the order of the file, and the next record goes on from there", async () => {
    const number = { type: { kind: "sequence", pattern: "P-{000}", gapless: true }, required: true } as const;
    const ticket = resource("Ticket", { attributes: [attribute("number", number), attribute("label")] });
    const numbered: Model = { app: { name: "Numbers" }, resources: [ticket] };
    const rows = { "seeds/ticket.json": JSON.stringify([{ label: "b" }, { label: "a" }]) };
    await applyModelTo(database.url, numbered);
    await insertSeeds(sql, numbered, readSeeds(numbered, rows));
    await sql`insert into t_ticket (c_label) values ('c')`;
    expect(await sql`select c_label, c_number from t_ticket order by c_number`).toEqual([
      { c_label: "b", c_number: "P-001" },
      { c_label: "a", c_number: "P-002" },
      { c_label: "c", c_number: "P-003" },
    ]);
  });

  test("are left out where there are rows already", async () => {
    await sql`insert into t_team (c_name) values ('there')`;
    expect(await insertSeeds(sql, model, readSeeds(model, files))).toBeNull();
    expect(await sql`select c_name from t_team`).toEqual([{ c_name: "there" }]);
    expect(await sql`select from t_person`).toHaveLength(0);
  });

  test("come in wholly or not at all", async () => {
    const long = Array.from({ length: 3000 }, () => Math.random().toString(36)).join("");
    const bad = {
      ...files,
      "seeds/person.json": JSON.stringify([
        { id: 5, name: "Ada", teamId: 1, badge: long },
        { id: 6, name: "Bob", teamId: 2 },
      ]),
    };
    await expect(insertSeeds(sql, model, readSeeds(model, bad))).rejects.toThrow(
      /^The rows of seeds\/person\.json cannot be stored: /,
    );
    expect(await sql`select from t_team`).toHaveLength(0);
  });
});

describe("a bad seed is named by file, row and field", () => {
  function problems(changed: Readonly<Record<string, string>>): readonly string[] {
    try {
      readSeeds(model, { ...files, ...changed });
    } catch (error) {
      if (error instanceof AppError) return error.fields.map(({ message }) => message);
      throw error;
    }
    return [];
  }
  const person = (row: object) =>
    problems({
      "seeds/person.json": JSON.stringify([
        { id: 5, name: "Ada", teamId: 1 },
        { id: 6, name: "Bob", teamId: 2, ...row },
      ]),
    });

  test.each([
    [{ salry: 1 }, "seeds/person.json, row 2, salry: Person has no field of this name. Did you mean salary?"],
    [{ name: null }, "seeds/person.json, row 2, name: Give a value."],
    [{ name: "x".repeat(11) }, "seeds/person.json, row 2, name: Give at most 10 characters; this has 11."],
    [{ salary: "-1" }, "seeds/person.json, row 2, salary: Give at least 0."],
    [{ salary: 0.001 }, "seeds/person.json, row 2, salary: Give at most 2 digits after the point."],
    [{ teamId: 9 }, "seeds/person.json, row 2, teamId: There is no Team with the id 9 in the seeds."],
    [{ tags: ["x"] }, "seeds/person.json, row 2, tags: "],
    [{ tags: red }, "seeds/person.json, row 2, tags: Write a list of keys."],
    [{ id: 5 }, "seeds/person.json, row 2, id: This value must be unique, but row 1 has the same."],
    [
      { name: "Ada", teamId: 1 },
      "seeds/person.json, row 2, name and teamId: These values together must be unique, but row 1 has the same.",
    ],
  ])("%j", (row, sentence) => {
    const found = person(row);
    expect(
      found.some((message) => message.startsWith(sentence)),
      found.join("\n"),
    ).toBe(true);
  });

  test("as are files that are no list of objects or belong to no resource", () => {
    expect(problems({ "seeds/team.json": "{}" })).toEqual(["seeds/team.json: Write a JSON list of objects."]);
    expect(problems({ "seeds/team.json": "[" })).toEqual(["seeds/team.json: Write a JSON list of objects."]);
    expect(problems({ "seeds/team.json": "[1]" })).toEqual(["seeds/team.json, row 1: Write an object."]);
    expect(problems({ "seeds/teams.json": "[]" })).toEqual([
      "seeds/teams.json: No resource has its rows here. Legal are: seeds/person.json, seeds/tag.json, seeds/team.json.",
    ]);
  });
});
