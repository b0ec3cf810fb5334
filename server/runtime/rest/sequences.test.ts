import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "./testing/restClient.ts";

const model: Model = {
  app: { name: "Invoices" },
  resources: [
    resource("Invoice", {
      plural: "invoices",
      attributes: [
        attribute("code", { type: { kind: "text" }, unique: true, maxLength: 20 }),
        attribute("number", {
          type: { kind: "sequence", pattern: "R-{year}-{0000}", gapless: true },
          required: true,
          unique: true,
        }),
        attribute("ticket", { type: { kind: "sequence", pattern: "{year}/{00}" } }),
        attribute("serial", { type: { kind: "sequence", pattern: "{0}" }, unique: true }),
      ],
      relationships: [belongsTo("first", "Invoice")],
    }),
  ],
};

const year = new Date().getUTCFullYear();

let app: ServedApp;
let rest: RestClient;

beforeAll(async () => {
  app = await servedApp(model);
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

beforeEach(async () => {
  await app.sql`delete from invoices`;
  await app.sql`delete from gantry_counters`;
});

const numbers = async (): Promise<readonly string[]> => {
  const rows = await app.sql<{ number: string }[]>`select number from invoices order by number`;
  return rows.map(({ number }) => number);
};

const consecutive = (count: number) =>
  Array.from({ length: count }, (_, index) => `R-${year}-${String(index + 1).padStart(4, "0")}`);

test("a new record is given its number, printed by the pattern, and nobody can give it another", async () => {
  const first = await rest.send("POST", "/invoices", { code: "a" });
  expect(first.body).toMatchObject({ number: `R-${year}-0001`, ticket: `${year}/01` });
  const second = await rest.send("POST", "/invoices", {});
  expect(second.body).toMatchObject({ number: `R-${year}-0002`, ticket: `${year}/02` });
  expect(Number(second.body.serial)).toBe(Number(first.body.serial) + 1);
  const refused = await rest.send("POST", "/invoices", { number: "R-1" });
  expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { field: "number", rule: "readOnly" }]);
  const changed = await rest.send("PATCH", `/invoices/${first.body.id}`, { number: "R-1" });
  expect(changed.body.errors[0]).toMatchObject({ field: "number", rule: "readOnly" });
  await rest.send("PATCH", `/invoices/${first.body.id}`, { code: "b" });
  expect(await numbers()).toEqual(consecutive(2));
});

test("numbers grow beyond the digits of the pattern", async () => {
  await app.sql`insert into gantry_counters (sequence, period, value) values ('invoices.number', ${year}, 9999)`;
  expect((await rest.send("POST", "/invoices", {})).body.number).toBe(`R-${year}-10000`);
});

test("each year begins with one, also where there may be gaps", async () => {
  await app.sql`insert into gantry_counters (sequence, period, value) values ('invoices.number', ${year - 1}, 77)`;
  await app.sql`select setval(pg_get_serial_sequence('gantry_invoices_ticket_numbers', 'id'), 500)`;
  await app.sql`insert into gantry_counters (sequence, period, value) values ('invoices.ticket', ${year - 1}, 0)`;
  expect((await rest.send("POST", "/invoices", {})).body).toMatchObject({
    number: `R-${year}-0001`,
    ticket: `${year}/01`,
  });
});

test("many at once are numbered in their order", async () => {
  const rows = Array.from({ length: 500 }, (_, index) => ({ code: `c${index}` }));
  const { body } = await rest.send("POST", "/invoices", rows);
  expect(body.map(({ number }: { number: string }) => number)).toEqual(consecutive(500));
  expect(new Set(body.map(({ serial }: { serial: string }) => serial)).size).toBe(500);
});

test("fifty writers at once, of which many fail, leave no number out and give none twice", async () => {
  await rest.send("POST", "/invoices", { code: "taken" });
  const write = async (index: number) => {
    const wrong = index % 3 === 0;
    switch (index % 4) {
      case 0:
        return rest.send("POST", "/invoices", { code: wrong ? "taken" : `one ${index}` });
      case 1:
        return rest.send("POST", "/invoices", [{ code: `a ${index}` }, { code: wrong ? "taken" : `b ${index}` }]);
      case 2:
        return rest.send("POST", "/invoices", { firstId: wrong ? "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e" : null });
      default:
        return app.sql
          .begin(async (sql) => {
            await sql`insert into invoices (code) values (${`sql ${index}`})`;
            if (wrong) throw new Error("rolled back");
          })
          .catch(() => null);
    }
  };
  await Promise.all(Array.from({ length: 200 }, (_, index) => index).map((index) => limited(() => write(index))));
  const found = await numbers();
  expect(found.length).toBeGreaterThan(100);
  expect(found).toEqual(consecutive(found.length));
  const [row] = await app.sql<{ tickets: string; serials: string }[]>`
    select count(distinct ticket) as tickets, count(distinct serial) as serials from invoices`;
  expect(row).toEqual({ tickets: String(found.length), serials: String(found.length) });
});

test("an upsert that finds its record gives the number back", async () => {
  await app.sql`insert into invoices (code) values ('a')`;
  const upsert = (codes: readonly string[]) =>
    app.sql`insert into invoices (code) select unnest(${codes as string[]}::text[])
      on conflict (code) do update set code = excluded.code`;
  await upsert(["a"]);
  await upsert(["b", "a", "c"]);
  await upsert(["c", "d"]);
  // A change of the same table in the same transaction is none that gives back.
  await app.sql.begin(async (sql) => {
    await sql`insert into invoices (code) values ('e')`;
    await sql`update invoices set code = 'f' where code = 'a'`;
    await sql`with made as (insert into invoices (code) values ('g') returning id) update invoices set first_id = null`;
  });
  await app.sql`insert into invoices (code) values ('h')`;
  expect(await numbers()).toEqual(consecutive(7));
});

test("an upsert through the API numbers what it creates only", async () => {
  const put = async (code: string) => {
    const headers = { "content-type": "application/json" };
    const response = await app.fetch("/rest/v1/invoices?by=code", {
      method: "PUT",
      headers,
      body: `{"code":"${code}"}`,
    });
    return { status: response.status, number: ((await response.json()) as { number: string }).number };
  };
  expect(await put("a")).toEqual({ status: 201, number: `R-${year}-0001` });
  expect(await put("a")).toEqual({ status: 200, number: `R-${year}-0001` });
  expect(await put("b")).toEqual({ status: 201, number: `R-${year}-0002` });
});

const lanes = Array.from({ length: 50 }, () => Promise.resolve() as Promise<unknown>);
let next = 0;

/** At most fifty at a time. */
function limited<Result>(work: () => Promise<Result>): Promise<Result> {
  const lane = next++ % lanes.length;
  const result = (lanes[lane] ?? Promise.resolve()).then(work, work);
  lanes[lane] = result.catch(() => null);
  return result;
}
