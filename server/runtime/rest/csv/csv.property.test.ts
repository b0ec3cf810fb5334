import fc from "fast-check";
import { expect, test } from "vitest";
import { attribute, option, resource } from "#lib/compile/testing/modelParts.ts";
import { typesModel } from "#lib/compile/testing/typesModel.ts";
import { identities } from "#lib/model/actions/identities.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { AttributeType, Model, Resource } from "#lib/model/types.ts";
import { Random } from "#tests/support/Random.ts";
import { type ApiRecord, randomInput } from "#tests/support/randomInput.ts";
import { randomModel } from "#tests/support/randomModel.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

const csv = { "content-type": "text/csv" };
const json = { "content-type": "application/json" };

const colours = { kind: "choice", options: [option("red", "R"), option("green", "G")] } as const;

/** Every type whose values callers give. */
const kinds: Readonly<Record<string, AttributeType>> = {
  text: { kind: "text" },
  integer: { kind: "integer" },
  bigint: { kind: "bigint" },
  decimal: { kind: "decimal" },
  boolean: { kind: "boolean" },
  date: { kind: "date" },
  time: { kind: "time" },
  timestamp: { kind: "timestamp" },
  duration: { kind: "duration" },
  uuid: { kind: "uuid" },
  email: { kind: "email" },
  url: { kind: "url" },
  phone: { kind: "phone" },
  money: { kind: "money" },
  euro: { kind: "money", currency: "EUR" },
  choice: colours,
  json: { kind: "json" },
  texts: { kind: "list", of: { kind: "text" } },
  decimals: { kind: "list", of: { kind: "decimal" } },
  moments: { kind: "list", of: { kind: "timestamp" } },
  colours: { kind: "list", of: colours },
  vector: { kind: "vector", dimensions: 2 },
  place: { kind: "embed", valueObject: "Place" },
  places: { kind: "embed", valueObject: "Place", many: true },
  encrypted: { kind: "encrypted" },
};

const everything: Model = {
  app: { name: "Everything" },
  valueObjects: (typesModel.valueObjects ?? []).filter(({ name }) => name === "Place"),
  resources: [
    resource("Thing", {
      plural: "things",
      attributes: Object.entries(kinds).map(([name, type]) => attribute(name, { type })),
    }),
  ],
};

const texts = fc.oneof(
  fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", "")),
  fc.constantFrom("", "null", '""', "a,b", "=1+1", "'=x", "line\r\nline", " ", "\t", "-5", "größe 🐘", "NULL", "\\N"),
);
const digits = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(99)).map(([whole, part]) => `${whole}.${part}`);
const moments = fc
  .date({ min: new Date("0001-01-02"), max: new Date("9999-12-30"), noInvalidDate: true })
  .map((date) => date.toISOString());
const place = fc.record({ latitude: digits, longitude: digits });

/** Values as JSON has them. */
const values: Readonly<Record<keyof typeof kinds, fc.Arbitrary<unknown>>> = {
  text: texts,
  integer: fc.integer(),
  bigint: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(String),
  decimal: digits,
  boolean: fc.boolean(),
  date: moments.map((moment) => moment.slice(0, 10)),
  time: moments.map((moment) => moment.slice(11, 19)),
  timestamp: moments,
  duration: fc
    .integer({ min: -100_000, max: 100_000 })
    .map((seconds) => `${seconds < 0 ? "-" : ""}PT${Math.abs(seconds)}S`),
  uuid: fc.uuid(),
  email: fc.constantFrom("ada@example.com", "=x@example.com", "o'hara+a@example.org"),
  url: fc.constantFrom("https://example.com/?a=1,2", "https://example.com/%22"),
  phone: fc.constantFrom("+4930123456", "+15551234567"),
  money: fc.tuple(fc.nat(100_000), fc.constantFrom("EUR", "USD")).map(([cents, currency]) => ({
    amount: (cents / 100).toFixed(2),
    currency,
  })),
  euro: fc.integer({ min: -100_000, max: 100_000 }).map((cents) => ({ amount: (cents / 100).toFixed(2) })),
  choice: fc.constantFrom("red", "green"),
  json: fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null && isStorable(value)),
  texts: fc.array(texts, { maxLength: 3 }),
  decimals: fc.array(digits, { maxLength: 3 }),
  moments: fc.array(moments, { maxLength: 3 }),
  colours: fc.array(fc.constantFrom("red", "green"), { maxLength: 3 }),
  vector: fc.tuple(
    fc.float({ noNaN: true, min: Math.fround(-1e38), max: Math.fround(1e38) }),
    fc.integer({ min: -9, max: 9 }),
  ),
  place,
  places: fc.array(place, { maxLength: 2 }),
  encrypted: texts,
};

function isStorable(value: unknown): boolean {
  return !JSON.stringify(value).includes("\\u0000") && JSON.stringify(value).isWellFormed();
}

test("A table that is read and sent again is the same records, whatever their types and values", {
  timeout: 200_000,
}, async () => {
  await using app = await servedApp(everything);
  const thing = fc.record(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fc.option(value, { freq: 4 })])),
  );
  const round = fc.tuple(fc.array(thing, { minLength: 1, maxLength: 8 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(round, async ([things, escapes]) => {
      await app.sql`delete from things`;
      const query = escapes ? "?formulas=escaped" : "";
      await sent(app, "/things", { headers: json, body: JSON.stringify(things) });
      const before = await read(app, "/things?sort=id");
      const table = await read(app, `/things${query}`, { accept: "text/csv" });
      await app.sql`delete from things`;
      await sent(app, `/things${query}`, { headers: csv, body: table });
      expect(await read(app, "/things?sort=id")).toBe(before);
      expect(await read(app, `/things${query}`, { accept: "text/csv" })).toBe(table);
    }),
    { numRuns: 60 },
  );
});

test("A table is taken and refused as the same list of objects, in random models", { timeout: 200_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = new Random(seed);
      const model = randomModel(random);
      await using app = await servedApp(model);
      for (const each of model.resources) await compare({ app, model }, each, random);
    }),
    { numRuns: 10 },
  );
});

test("A table creates and changes what its rows would one by one, in random models", { timeout: 200_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = new Random(seed);
      const model = randomModel(random);
      await using byRow = await servedApp(model);
      await using byTable = await servedApp(model);
      for (const each of model.resources) await compareUpserts({ byRow, byTable }, each, random);
    }),
    { numRuns: 6 },
  );
});

interface Apps {
  readonly byRow: ServedApp;
  readonly byTable: ServedApp;
}

async function compareUpserts({ byRow, byTable }: Apps, each: Resource, random: Random): Promise<void> {
  // Few numbers, so that rows meet records and each other.
  const inputs = Array.from({ length: 2 + random.below(15) }, () =>
    randomInput(random, each, { number: 1 + random.below(8), findKey: () => null }),
  ).flatMap((input): readonly ApiRecord[] => (input ? [input] : []));
  const required = new Set(fieldsOf(each).flatMap((field) => (field.required ? [field.name] : [])));
  const all = [...new Set(inputs.flatMap((input) => Object.keys(input)))];
  const names = all.filter((name) => !required.has(name) || inputs.every((input) => name in input));
  const by = identities(each).find((group) => group.every((name) => names.includes(name)));
  if (!by) return;
  const path = `/${restPath(each)}?by=${by.join()}`;
  let [created, updated, failed] = [0, 0, 0];
  const rows = inputs.map((input) => Object.fromEntries(names.map((name) => [name, input[name] ?? null])));
  for (const row of rows) {
    const { status } = await post(byRow, path, { method: "PUT", headers: json, body: JSON.stringify(row) });
    if (status === 201) created += 1;
    else if (status === 200) updated += 1;
    else failed += 1;
  }
  const headers = { ...csv, prefer: "handling=lenient" };
  const { text } = await post(byTable, path, { method: "PUT", headers, body: tableOf(each, names, rows) });
  expect(JSON.parse(text), text).toMatchObject({ created, updated, failed });
  const records = async (app: ServedApp) => {
    const { data } = JSON.parse(await read(app, `/${restPath(each)}?page[size]=1000`)) as {
      readonly data: readonly ApiRecord[];
    };
    return data.map((one) => lasting(each, one)).sort();
  };
  expect(await records(byTable)).toEqual(await records(byRow));
}

interface Problem {
  readonly errors?: readonly { readonly field: string; readonly rule: string; readonly line?: number }[];
}

/** Sends the same rows as a list, which is undone, and as a table. */
async function compare(
  { app, model }: { readonly app: ServedApp; readonly model: Model },
  each: Resource,
  random: Random,
): Promise<void> {
  const keys = new Map<string, unknown>();
  for (const link of each.relationships) {
    if (link.kind === "belongsTo") keys.set(link.target, await someKey(app, model, link.target));
  }
  const findKey = (name: string) => keys.get(name) ?? null;
  const inputs = Array.from({ length: 1 + random.below(12) }, (_, number) =>
    randomInput(random, each, { number: number + 1, findKey }),
  ).flatMap((input): readonly ApiRecord[] => {
    if (!input) return [];
    return [random.chance(5) ? spoiled(random, each, input) : input];
  });
  const names = [...new Set(inputs.flatMap((input) => Object.keys(input)))];
  if (names.length === 0) return;
  const rows = inputs.map((input) => complete(each, names, input));
  const path = `/${restPath(each)}`;
  const list = await post(app, path, { headers: { ...json, prefer: "tx=rollback" }, body: JSON.stringify(rows) });
  const table = await post(app, path, { headers: csv, body: tableOf(each, names, rows) });
  expect([table.status, table.text]).toEqual([list.status, expect.anything()]);
  if (list.status === 201) {
    expect(JSON.parse(table.text)).toMatchObject({ created: rows.length, failed: 0 });
    const { data } = JSON.parse(await read(app, `${path}?page[size]=1000`)) as { readonly data: readonly ApiRecord[] };
    const made = JSON.parse(list.text) as readonly ApiRecord[];
    expect(data.map((one) => lasting(each, one)).sort()).toEqual(made.map((one) => lasting(each, one)).sort());
  } else if (list.status === 422) {
    const { errors: ofTable = [] } = JSON.parse(table.text) as Problem;
    const { errors: ofList = [] } = JSON.parse(list.text) as Problem;
    const placed = ofList.map(({ field, rule }) => {
      const [place, name] = field.split(".");
      return `${Number(place) + 2} ${name} ${rule}`;
    });
    // The table may tell of more, since its other rows are tried all the same.
    expect(ofTable.map(({ field, rule, line }) => `${line} ${field} ${rule}`)).toEqual(expect.arrayContaining(placed));
  }
}

async function someKey(app: ServedApp, model: Model, name: string): Promise<unknown> {
  const target = model.resources.find((one) => one.name === name);
  if (!target) throw new Error(`There is no ${name}.`);
  const { data } = JSON.parse(await read(app, `/${restPath(target)}?page[size]=1`)) as {
    readonly data: readonly ApiRecord[];
  };
  return data[0]?.id ?? null;
}

const fieldsOf = (each: Resource) => [
  ...[each.key, ...each.attributes].map(({ name, type, required, default: given }) => ({
    name,
    kind: type.kind,
    needed: required && given === undefined,
    required,
  })),
  ...each.relationships.flatMap((link) =>
    link.kind === "belongsTo"
      ? [{ name: foreignKeyField(link), kind: "key", needed: link.required, required: link.required }]
      : [],
  ),
];

/** The record with one value that is none. */
function spoiled(random: Random, each: Resource, input: ApiRecord): ApiRecord {
  const field = fieldsOf(each).find(({ name }) => name === random.pick([...Object.keys(input), "id"]));
  if (!field || !(field.name in input)) return input;
  if (field.needed && random.chance(50)) return { ...input, [field.name]: null };
  if (field.kind === "json" || field.kind === "key") return input;
  return { ...input, [field.name]: field.kind === "text" ? "\0" : "nonsense" };
}

/** What a table has an empty cell for is null in a list, or left out where there is a default to take. */
function complete(each: Resource, names: readonly string[], input: ApiRecord): ApiRecord {
  const all = new Map(fieldsOf(each).map((field) => [field.name, field]));
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      if (name in input) return [[name, input[name]]];
      return all.get(name)?.required ? [] : [[name, null]];
    }),
  );
}

function tableOf(each: Resource, names: readonly string[], rows: readonly ApiRecord[]): string {
  const kindOf = new Map(fieldsOf(each).map(({ name, kind }) => [name, kind]));
  const cell = (name: string, value: unknown) => {
    if (value === null || value === undefined) return "";
    const text = typeof value === "string" && kindOf.get(name) !== "json" ? value : JSON.stringify(value);
    return `"${text.replaceAll('"', '""')}"`;
  };
  const lines = rows.map((row) => names.map((name) => cell(name, row[name])).join());
  return [names.join(), ...lines, ""].join("\r\n");
}

/** What of a record does not change from one creation to the next. */
function lasting(each: Resource, record: ApiRecord): string {
  const momentary = new Set(["now", "today", "uuid", "generated"]);
  const dropped = [each.key, ...each.attributes].filter((one) => momentary.has(one.default?.kind ?? ""));
  return JSON.stringify({ ...record, ...Object.fromEntries(dropped.map(({ name }) => [name, null])) });
}

interface Body {
  readonly method?: "PUT";
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function post(app: ServedApp, path: string, init: Body) {
  const response = await app.fetch(`/rest/v1${path}`, { method: "POST", ...init });
  return { status: response.status, text: await response.text() };
}

async function sent(app: ServedApp, path: string, init: Body): Promise<void> {
  const { status, text } = await post(app, path, init);
  if (status !== 201) throw new Error(text);
}

async function read(app: ServedApp, path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await app.fetch(`/rest/v1${path}`, { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return text;
}
