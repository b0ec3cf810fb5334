import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { printSources } from "#lib/model/print/printSources.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Attribute, Resource } from "#lib/model/types.ts";
import { sourceDatabase } from "../testing/sourceDatabase.ts";
import type { Inference } from "./inferModel.ts";
import { inferModel } from "./inferModel.ts";

let inference: Inference;
beforeAll(async () => {
  await using source = await sourceDatabase(await readFile("tests/fixtures/nasty.sql", "utf8"));
  inference = inferModel(await source.catalog(), "Nasty");
});

function resourceOf(table: string): Resource {
  const resource = inference.model.resources.find((candidate) => candidate.table === table);
  if (!resource) throw new Error(`${table} is no resource.`);
  return resource;
}

/** An attribute by its column, without what is usual. */
function attribute(table: string, column: string): Partial<Attribute> {
  const found = resourceOf(table).attributes.find((candidate) => candidate.column === column);
  if (!found) throw new Error(`${table}.${column} is no attribute.`);
  const { column: _, required, unique, ...rest } = found;
  return { ...rest, ...(required ? { required } : {}), ...(unique ? { unique } : {}) };
}

function relationships(table: string): Record<string, string> {
  return Object.fromEntries(
    resourceOf(table).relationships.map(({ kind, name, target }) => [name, `${kind} ${target}`]),
  );
}

function notes(table: string): Record<string, string> {
  const report = inference.report.tables.find((candidate) => candidate.table === table);
  return Object.fromEntries((report?.notes ?? []).map(({ about, message }) => [about, message]));
}

describe("a database with a little of everything", () => {
  test("becomes a model without a problem, which reads back the same", () => {
    const { problems, model } = readModel(printSources(inference.model));
    expect(problems).toEqual([]);
    expect(model).toEqual(inference.model);
  });

  test("keys", () => {
    const keys = ["people", "countries", "assets", "vehicles", "ledger", "tags"].map((table) => {
      const { column, type, default: fallback } = resourceOf(table).key;
      return [table, column, type.kind, fallback?.kind];
    });
    expect(keys).toEqual([
      ["people", "id", "uuid", "uuid"],
      ["countries", "code", "text", undefined],
      ["assets", "id", "bigint", "generated"],
      ["vehicles", "asset_id", "bigint", undefined],
      ["ledger", "no", "bigint", "generated"],
      ["tags", "id", "integer", "generated"],
    ]);
    for (const [table, column] of [
      ["days", "id"],
      ["log", "id"],
      ["seats", "id"],
      ["measures", "record_id"],
      ["profiles", "id"],
    ] as const)
      expect(resourceOf(table).key).toMatchObject({ column, type: { kind: "uuid" }, default: { kind: "uuid" } });
    expect(resourceOf("seats").uniques).toEqual([["hall", "number"]]);
    expect(attribute("days", "day")).toMatchObject({ required: true, unique: true });
  });

  test("relationships with good names on both sides", () => {
    expect(relationships("people")).toEqual({
      country: "belongsTo Country",
      parent: "belongsTo Person",
      spouse: "belongsTo Person",
      boss: "belongsTo Person",
      bookings: "hasMany Booking",
      loosePairs: "hasMany LoosePair",
      passports: "hasMany Passport",
      children: "hasMany Person",
      spouseOf: "hasMany Person",
      subordinates: "hasMany Person",
      profiles: "hasMany Profile",
      invoices: "hasMany Invoice",
      tags: "manyToMany Tag",
      peopleDislikedTags: "manyToMany Tag",
      friends: "manyToMany Person",
      friendOf: "manyToMany Person",
    });
    const links = resourceOf("people").relationships.flatMap((link) =>
      link.kind === "belongsTo" ? [[link.name, link.onDelete, link.unique]] : [],
    );
    expect(links).toEqual([
      ["country", "setNull", false],
      ["parent", "cascade", false],
      ["spouse", "restrict", true],
      ["boss", "restrict", false],
    ]);
    expect(relationships("sales_people")).toEqual({ invoices: "hasMany Invoice" });
    expect(relationships("profiles")).toEqual({ person: "belongsTo Person" });
  });

  test("references that are no relationships keep their columns and are named", () => {
    expect(notes("bookings")).toMatchObject({ bookings_hall_number_fkey: expect.stringContaining("several columns") });
    expect(notes("passports")).toMatchObject({
      passports_country_name_fkey: expect.stringContaining("not the key of Country"),
    });
    expect(notes("day_notes")).toMatchObject({ day_notes_day_fkey: expect.stringContaining("not the key of Day") });
    expect(notes("vehicles")).toMatchObject({
      vehicles_asset_id_fkey: expect.stringContaining("its column is the key"),
    });
    expect(notes("loose_pairs")).toMatchObject({ later: expect.stringContaining("rows may break it") });
    expect(attribute("passports", "country_name")).toEqual({ name: "countryName", type: { kind: "text" } });
  });

  test("circles of required references are opened at one place", () => {
    const required = ["hens", "eggs", "chain"].flatMap((table) =>
      resourceOf(table).relationships.flatMap((link) => (link.kind === "belongsTo" ? [[table, link.required]] : [])),
    );
    expect(required).toEqual([
      ["hens", false],
      ["eggs", true],
      ["chain", false],
    ]);
    expect(notes("hens")).toMatchObject({ egg: expect.stringContaining("circle") });
  });

  test("checks, those of domains too", () => {
    expect(attribute("rules", "percent")).toEqual({
      name: "percent",
      type: { kind: "integer" },
      min: "0",
      max: "100",
      required: true,
    });
    expect(attribute("rules", "final")).toMatchObject({ min: "0", max: "100", required: true });
    expect(attribute("rules", "age")).toMatchObject({ min: "0", max: "150" });
    expect(attribute("rules", "price")).toMatchObject({ min: "0" });
    expect(attribute("rules", "code")).toMatchObject({ pattern: "[A-Z]{3}-[0-9]+", unique: true });
    expect(attribute("rules", "short")).toMatchObject({ minLength: 2, maxLength: 5 });
    expect(attribute("rules", "needed")).toMatchObject({ required: true });
    expect(attribute("rules", "status")).toEqual({
      name: "status",
      type: {
        kind: "choice",
        options: [
          { name: "open", stored: "open" },
          { name: "inTransit", stored: "in transit" },
          { name: "done", stored: "done" },
        ],
      },
      default: { kind: "literal", value: "open" },
    });
    const told = notes("rules");
    for (const check of ["rules_check", "rules_level_check", "rules_loose_check", "rules_never_check"])
      expect(told[check]).toContain("not taken");
    expect(told.rules_price_check).toContain("now it is included");
  });

  test("defaults", () => {
    const fallbacks = resourceOf("rules").attributes.flatMap(({ column, default: fallback }) =>
      fallback ? [[column, fallback.kind === "literal" ? fallback.value : fallback.kind]] : [],
    );
    expect(Object.fromEntries(fallbacks)).toEqual({
      status: "open",
      kind: "a",
      label: `it's "fine"`,
      flag: false,
      day: "today",
      stamp: "2026-01-02T03:04:05Z",
      plain: "2026-01-02T03:04:05Z",
      big: "9007199254740993",
      exact: "12.50",
      minus: -1,
      extra: { a: [1, 2] },
    });
    expect(attribute("people", "created").default).toEqual({ kind: "now" });
    expect(attribute("people", "mood").default).toEqual({ kind: "literal", value: "notBad" });
    expect(notes("rules").note).toContain("upper('x'::text)");
  });

  test("indexes and what is unique", () => {
    const { indexes, uniques } = resourceOf("rules");
    expect(indexes).toEqual([
      {
        fields: [
          { name: "status", descending: false },
          { name: "age", descending: true },
        ],
      },
    ]);
    expect(uniques).toEqual([["a", "b"]]);
    const told = notes("rules");
    for (const index of ["rules_expression", "rules_json", "rules_nulls", "rules_partial"])
      expect(told[index]).toContain("not taken");
    expect(told.rules_day_key).toContain("several records may be empty");
  });

  test("names that are taken, reserved or no names", () => {
    const fields = (table: string) => resourceOf(table).attributes.map(({ name, column }) => [column, name]);
    expect(fields("Order")).toEqual([
      ["select", "select"],
      ["Total Amount (€)", "totalAmount"],
      ["constructor", "constructorValue"],
      ["and_", "andValue"],
      ["and", "andValue2"],
      ["2nd", "field2nd"],
      ["漢字", "field"],
      [" ", "fieldValue"],
      ['a"b', "aB"],
      ["toString", "toStringValue"],
    ]);
    expect(fields("query")).toEqual([
      ["id_value", "idValue"],
      ["ID", "idValue2"],
      ["customer_id", "customerId"],
      ["customerId", "customerIdValue"],
    ]);
    const names = ["query", "node", "nodes", "Größe", "imported_gantry_settings", "sales_people"].map(
      (table) => resourceOf(table).name,
    );
    expect(names).toEqual(["QueryRecord", "NodeRecord", "NodeRecord2", "Grosse", "GantrySetting", "SalesPerson"]);
  });

  test("everything else is named", () => {
    expect(inference.report.others.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      "aggregate total(integer)",
      "extension citext",
      "function touch()",
      "materializedView moods",
      "procedure nothing_done()",
      "sequence free_numbers",
      "type unused",
      "view names",
    ]);
    expect(notes("rules")).toMatchObject({
      touch_rules: "The trigger is not taken.",
      quiet: "The rewrite rule is not taken.",
    });
    expect(notes("guarded")).toMatchObject({ own: "The policy is not taken." });
    expect(notes("rooms")).toMatchObject({ rooms_during_excl: "The exclusion constraint is not taken." });
    expect(notes("kinds").by).toContain("not taken");
    expect(notes("measures_2025").measures_2025).toContain("its rows come with that table");
    expect(notes("auth.users")["auth.users"]).toContain("belongs to a service");
  });

  test("equal databases give equal models", async () => {
    await using source = await sourceDatabase(await readFile("tests/fixtures/nasty.sql", "utf8"));
    expect(inferModel(await source.catalog(), "Nasty")).toEqual(inference);
  });
});
