import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { typesModel } from "#lib/compile/testing/typesModel.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "./testing/restClient.ts";

let app: ServedApp;
let rest: RestClient;

beforeAll(async () => {
  app = await servedApp(typesModel);
  rest = restClient(app);
});

afterAll(() => app[Symbol.asyncDispose]());

beforeEach(async () => {
  await app.sql`delete from things`;
  await app.sql`delete from depots`;
});

async function create(values: object) {
  const answer = await rest.send("POST", "/things", values);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body;
}

/** What one field comes back as, having been given the value. */
async function roundTrip(field: string, value: unknown): Promise<unknown> {
  const created = await create({ [field]: value });
  const read = await rest.get(`/things/${created.id}`);
  expect(read.body[field]).toEqual(created[field]);
  return created[field];
}

/** The rules by which values are refused, by field. */
async function refusals(values: object): Promise<readonly string[]> {
  const answer = await rest.send("POST", "/things", values);
  expect(answer.body).toMatchObject({ status: expect.any(Number), code: expect.any(String) });
  return (answer.body.errors ?? []).map((error: { field: string; rule: string }) => `${error.field} ${error.rule}`);
}

const address = {
  street: null,
  city: "Ulm",
  floor: null,
  fee: null,
  colour: "red",
  since: null,
  within: null,
  open: null,
  deposit: null,
  rent: null,
  tags: null,
  shades: null,
  geo: null,
  extra: null,
};

test("records in a list may leave everything to the database", async () => {
  const { status, body } = await rest.send("POST", "/depots?fields=name,address", [{}, {}]);
  const empty = { name: null, address: null };
  expect([status, body]).toEqual([201, [empty, empty]]);
});

describe("values come back in one spelling", () => {
  test.each([
    ["opens", "09:30", "09:30:00"],
    ["opens", "23:59:59.999999", "23:59:59.999999"],
    ["takes", "P1DT12H30M", "PT36H30M"],
    ["takes", "-PT90M", "-PT1H30M"],
    ["takes", "PT0.5S", "PT0.5S"],
    ["takes", "PT0S", "PT0S"],
    ["mail", "Ada@Example.COM", "Ada@example.com"],
    ["site", "HTTPS://Example.com", "https://example.com/"],
    ["phone", "+49 (30) 123-456", "+4930123456"],
    ["price", { amount: "12.5", currency: "eur" }, { amount: "12.50", currency: "EUR" }],
    ["price", { amount: 3, currency: "JPY" }, { amount: "3", currency: "JPY" }],
    ["price", "12.50 USD", { amount: "12.50", currency: "USD" }],
    [
      "price",
      { amount: "123456789012345678901234567890.12", currency: "EUR" },
      { amount: "123456789012345678901234567890.12", currency: "EUR" },
    ],
    ["cost", { amount: "7" }, { amount: "7.00", currency: "EUR" }],
    ["cost", "7.25", { amount: "7.25", currency: "EUR" }],
    ["tags", ["a", 'b"\\,{}', "NULL"], ["a", 'b"\\,{}', "NULL"]],
    ["counts", ["9007199254740993", 5], ["9007199254740993", "5"]],
    ["counts", [], []],
    ["sizes", [3, 1, 2], [3, 1, 2]],
    ["prices", ["1.50", 2], ["1.50", "2.00"]],
    ["shades", ["green", "red"], ["green", "red"]],
    ["moments", ["2026-01-31T10:00:00+01:00"], ["2026-01-31T09:00:00Z"]],
    ["spans", ["PT90M", "-PT1S"], ["PT1H30M", "-PT1S"]],
    ["feature", [0.5, -1, 1e20], [0.5, -1, 1e20]],
    ["address", { city: "Ulm" }, address],
    [
      "address",
      {
        extra: { b: 1, a: [9007199254740993n.toString()] },
        city: "Ulm",
        floor: 2,
        fee: 1.5,
        colour: "green",
        since: "2026-01-31T10:00:00+01:00",
        within: "-PT90M",
        open: false,
        deposit: { amount: "9007199254740993.10", currency: "EUR" },
        rent: { amount: "8" },
        tags: ["x"],
        shades: ["green"],
        geo: { longitude: "9.99", latitude: 48.4 },
      },
      {
        ...address,
        floor: 2,
        fee: "1.5",
        colour: "green",
        since: "2026-01-31T09:00:00Z",
        within: "-PT1H30M",
        open: false,
        deposit: { amount: "9007199254740993.10", currency: "EUR" },
        rent: { amount: "8.00", currency: "EUR" },
        tags: ["x"],
        shades: ["green"],
        geo: { latitude: "48.4", longitude: "9.99" },
        extra: { b: 1, a: ["9007199254740993"] },
      },
    ],
    ["stops", [{ city: "Ulm" }, { city: "Bonn" }], [address, { ...address, city: "Bonn" }]],
    ["stops", [], []],
  ])("%s %j", async (field, value, expected) => {
    expect(await roundTrip(field, value)).toEqual(expected);
  });

  test("parts of a value object keep the order of the model", async () => {
    const created = await create({ address: { floor: 2, city: "Ulm" } });
    expect(Object.keys(created.address)).toEqual(Object.keys(address));
  });

  test("defaults fill in what is not given, and null stays null", async () => {
    const created = await create({ price: null, address: null, stops: null, tags: null });
    expect(created).toMatchObject({
      price: null,
      address: null,
      stops: null,
      tags: null,
      cost: { amount: "1.50", currency: "EUR" },
      sizes: [1, 2],
      status: "new",
    });
    const [row] = await app.sql`insert into things default values returning cost, sizes`;
    expect(row).toMatchObject({ cost: "1.50", sizes: [1, 2] });
  });

  test("many at once", async () => {
    const rows = [
      { takes: "-PT5M", price: "1.00 EUR", tags: ["a,b"], address: { city: "Ulm" }, feature: [1, 2, 3] },
      { prices: ["1.00"], stops: [{ city: "Bonn" }], sizes: [] },
    ];
    const { status, body } = await rest.send("POST", "/things", rows);
    expect(status).toBe(201);
    expect(body).toMatchObject([
      { takes: "-PT5M", price: { amount: "1.00", currency: "EUR" }, tags: ["a,b"], address, feature: [1, 2, 3] },
      { prices: ["1.00"], stops: [{ ...address, city: "Bonn" }], sizes: [], cost: { amount: "1.50" } },
    ]);
  });

  test("a list with links that were changed shows them with their values", async () => {
    const depot = await rest.send("POST", "/depots", { address: { city: "Ulm", geo: { latitude: 1, longitude: 2 } } });
    await create({ name: "a", depotId: depot.body.id, price: "5.00 EUR" });
    const { body } = await rest.get("/things?include=depot&fields=price");
    expect(body.data).toEqual([
      { price: { amount: "5.00", currency: "EUR" }, depot: expect.objectContaining({ name: null }) },
    ]);
    expect(body.data[0].depot.address).toEqual({ ...address, geo: { latitude: "1", longitude: "2" } });
  });
});

describe("what is wrong is told all at once, with the place of each", () => {
  test("types, limits and unknown parts", async () => {
    expect(
      await refusals({
        opens: "24:00",
        takes: "P1M",
        mail: "ada",
        site: "ftp://x",
        phone: "030",
        price: { amount: "1.001", currency: "EUR" },
        cost: { amount: "1", currency: "USD" },
        tags: [],
        counts: ["x", null],
        shades: ["blue"],
        feature: [1, 2],
        address: { floor: 100, city: "U", fee: "-1", geo: { latitude: "x" }, shades: ["green", "blue"], zip: "1" },
        stops: [{ city: "Ulm" }, {}, { city: "Bonn" }],
      }),
    ).toEqual([
      "opens type",
      "takes type",
      "mail type",
      "site type",
      "phone type",
      "price scale",
      "cost currency",
      "tags minItems",
      "counts.0 type",
      "counts.1 type",
      "shades.0 choice",
      "feature type",
      "address.zip unknown",
      "address.city minLength",
      "address.floor max",
      "address.fee min",
      "address.shades.1 choice",
      "address.geo.latitude type",
      "address.geo.longitude required",
      "stops maxItems",
      "stops.1.city required",
    ]);
  });

  test("bounds of times, lengths of time, money and items", async () => {
    expect(
      await refusals({
        opens: "05:59",
        takes: "PT100H1S",
        price: "-0.01 EUR",
        cost: "1000.01",
        tags: ["a", "b", "c", "12345678901"],
        prices: ["1.234"],
      }),
    ).toEqual([
      "opens min",
      "takes max",
      "price min",
      "cost max",
      "tags maxItems",
      "tags.3 maxLength",
      "prices.0 scale",
    ]);
  });

  test("of many rows each names its own", async () => {
    const { body } = await rest.send("POST", "/things", [{ tags: ["a"] }, { address: {} }]);
    expect(body.errors).toMatchObject([{ field: "1.address.city", rule: "required" }]);
  });

  test.each([
    ["status", "x", "readOnly"],
    ["status", null, "readOnly"],
  ])("%s may not be given", async (field, value, rule) => {
    expect(await refusals({ [field]: value })).toEqual([`${field} ${rule}`]);
  });

  test("what is given once never changes", async () => {
    const { id } = await create({ origin: "Ulm" });
    const { status, body } = await rest.send("PATCH", `/things/${id}`, { origin: "Bonn" });
    expect([status, body.errors[0]]).toMatchObject([422, { field: "origin", rule: "writeOnce" }]);
  });

  test("a unique value is one whatever its spelling", async () => {
    await create({ mail: "ada@example.com" });
    const { status, body } = await rest.send("POST", "/things", { mail: "ada@EXAMPLE.com" });
    expect([status, body.errors]).toMatchObject([409, [{ field: "mail", rule: "unique" }]]);
  });
});

describe("filters", () => {
  beforeEach(async () => {
    await rest.send("POST", "/things", [
      {
        name: "a",
        opens: "08:00",
        takes: "PT1H",
        price: "5.00 EUR",
        cost: "10",
        tags: ["x", "y"],
        sizes: [1, 2],
        shades: ["red"],
        prices: ["1.50"],
        address: { city: "Ulm", floor: 1, fee: "2.5", tags: ["q"], geo: { latitude: "48.4", longitude: "9" } },
        stops: [{ city: "Ulm" }],
      },
      {
        name: "b",
        opens: "12:00",
        takes: "-PT1H",
        price: "6.00 USD",
        cost: "20",
        tags: ["y"],
        sizes: [],
        shades: ["green", "red"],
        address: { city: "Bonn", floor: 12, deposit: "3.00 EUR", rent: "4" },
        stops: [],
      },
      { name: "c", price: "12.50 EUR" },
    ]);
  });

  const names = async (query: string) => {
    const { body, text, status } = await rest.get(`/things?sort=name&fields=name&${query}`);
    if (status !== 200) throw new Error(text);
    return body.data.map(({ name }: { name: string }) => name).join("");
  };

  test.each([
    ["filter[opens][lt]=12:00", "a"],
    ["filter[takes][lt]=PT0S", "b"],
    ["filter[takes][in]=PT60M,PT2H", "a"],
    ["filter[price][eq]=5 EUR", "a"],
    ["filter[price][ne]=5 EUR", "bc"],
    ["filter[price][in]=5.00 EUR,6 USD", "ab"],
    ["filter[price][gt]=5 EUR", "c"],
    ["filter[price][lte]=100 USD", "b"],
    ["filter[not][price][gt]=5 EUR", "a"],
    ["filter[price.amount][gt]=5", "bc"],
    ["filter[price.currency][eq]=USD", "b"],
    ["filter[price.currency][ieq]=usd", "b"],
    ["filter[cost][gte]=20", "b"],
    ["filter[cost][eq]=10.0 EUR", "a"],
    ["filter[cost.amount][lt]=15", "ac"],
    ["filter[cost.currency][eq]=EUR", "abc"],
    ["filter[tags][has]=x", "a"],
    ["filter[tags][hasAny]=x,y", "ab"],
    ["filter[tags][isNull]=true", "c"],
    ["filter[sizes][has]=2", "ac"],
    ["filter[sizes][isEmpty]=true", "b"],
    ["filter[sizes][isEmpty]=false", "ac"],
    ["filter[shades][has]=green", "b"],
    ["filter[prices][has]=1.5", "a"],
    ["filter[stops][isEmpty]=true", "b"],
    ["filter[address.city][eq]=Ulm", "a"],
    ["filter[address.city][icontains]=ON", "b"],
    ["filter[address.floor][gt]=2", "b"],
    ["filter[address.fee][eq]=2.50", "a"],
    ["filter[address.colour][eq]=red", "ab"],
    ["filter[address.tags][has]=q", "a"],
    ["filter[address.tags][isNull]=false", "a"],
    ["filter[address.geo.latitude][lt]=50", "a"],
    ["filter[address.geo][isNull]=true", "bc"],
    ["filter[address.deposit][gte]=3 EUR", "b"],
    ["filter[address.rent][eq]=4", "b"],
    ["filter[address][isNull]=true", "c"],
    ["filter[feature][isNull]=true", "abc"],
  ])("%s", async (query, expected) => {
    expect(await names(query)).toBe(expected);
  });

  test("through relationships", async () => {
    const depot = await rest.send("POST", "/depots", { name: "d", address: { city: "Ulm" } });
    await create({ name: "e", depotId: depot.body.id, price: "1.00 EUR" });
    expect(await names("filter[depot.address.city][eq]=Ulm")).toBe("e");
    const { body } = await rest.get("/depots?filter[things.price.currency][eq]=EUR&fields=name");
    expect(body.data).toEqual([{ name: "d" }]);
  });

  test.each([
    ["filter[price][contains]=5", "operator"],
    ["filter[price][gt]=5", "type"],
    ["filter[tags][eq]=x", "operator"],
    ["filter[sizes][has]=x", "type"],
    ["filter[address.town][eq]=Ulm", "unknown"],
    ["filter[address][eq]=Ulm", "operator"],
    ["filter[stops.city][eq]=Ulm", "unknown"],
    ["sort=address", "unknown"],
    ["sort=address.geo", "unknown"],
    ["sort=tags", "unknown"],
    ["filter[opens][lt]=x", "type"],
  ])("%s is refused", async (query, rule) => {
    const { status, body } = await rest.get(`/things?${query}`);
    expect([status, body.errors[0].rule]).toEqual([400, rule]);
  });

  test.each([
    ["price", "abc"],
    ["-price", "cba"],
    ["cost", "cab"],
    ["takes", "bac"],
    ["opens", "abc"],
    ["address.city", "bac"],
    ["-address.floor", "cba"],
    ["price.currency,-price.amount", "cab"],
    ["address.geo.latitude,name", "abc"],
  ])("page by page in the order of %s", async (sort, expected) => {
    let found = "";
    let next: string | null = "";
    do {
      const after: string = next === "" ? "" : `&page[after]=${next}`;
      const { body, text } = await rest.get(`/things?sort=${sort}&fields=name&page[size]=1${after}`);
      if (!body.data) throw new Error(text);
      found += body.data.map(({ name }: { name: string }) => name).join("");
      next = body.page.next;
    } while (next !== null);
    expect(found).toBe(expected);
  });
});
