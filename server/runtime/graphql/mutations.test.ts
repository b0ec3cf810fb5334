import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { companyId, dealId, fill, type SalesApp, salesApp } from "./testing/salesApp.ts";

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
beforeEach(() => fill(app));
afterAll(() => app[Symbol.asyncDispose]());

const errors = `errors { code message fields { field rule message allowed } }`;

describe("create", () => {
  test("answers the new record with what it leads to", async () => {
    const data = await app.data(
      `mutation ($input: DealCreateInput!) { createDeal(input: $input) {
        __typename
        errors { code }
        result {
          title stage amount points extra hot createdAt companyId ownerId
          company { name deals(filter: { title: { startsWith: "New" } }) { totalCount } }
          tags(first: 1, orderBy: { id: DESC }) { totalCount nodes { id } pageInfo { hasNextPage } }
        }
      } }`,
      `{"input":{"title":"New one","amount":12345678901.20,"points":9007199254740993,"hot":true,"createdAt":"2026-05-05T12:00:00+02:00",
        "extra":{"n":12345678901234567890.5,"list":[null]},"companyId":"${companyId(2)}","ownerId":"2","tags":["hot","vip"]}}`,
    );
    expect(data).toEqual({
      createDeal: {
        __typename: "CreateDealPayload",
        errors: [],
        result: {
          title: "New one",
          stage: "lead",
          amount: "12345678901.20",
          points: "9007199254740993",
          extra: { n: Number("12345678901234567890.5"), list: [null] },
          hot: true,
          createdAt: "2026-05-05T10:00:00Z",
          companyId: companyId(2),
          ownerId: "2",
          company: { name: "Bolt", deals: { totalCount: 1 } },
          tags: { totalCount: 2, nodes: [{ id: "vip" }], pageInfo: { hasNextPage: true } },
        },
      },
    });
  });

  test("keeps JSON exact, as a literal, with variables inside it, and as a variable", async () => {
    const input = (extra: string) => `{ title: "Json", companyId: "${companyId(1)}", extra: ${extra} }`;
    const { text } = await app.ask(
      `mutation ($json: JSON, $number: JSON = 1.10) {
        literal: createDeal(input: ${input(`{ big: 12345678901234567890, none: null, list: [1.5, true, word, "text"] }`)}) { result { extra } }
        inside: createDeal(input: ${input(`{ inner: $json, number: $number }`)}) { result { extra } }
        variable: createDeal(input: ${input("$json")}) { result { extra } }
      }`,
      `{"json":{"deep":[98765432109876543210]}}`,
    );
    const compact = text.replaceAll(": ", ":").replaceAll(", ", ",");
    expect(compact).toContain(`{"big":12345678901234567890,"list":[1.5,true,"word","text"],"none":null}`);
    expect(compact).toContain(`{"inner":{"deep":[98765432109876543210]},"number":1.1`);
    expect(compact).toContain(`"variable":{"result":{"extra":{"deep":[98765432109876543210]}}}`);
  });

  test("takes the numbers of generated keys from the database, and keys of one's own as text", async () => {
    const query = `mutation { createPerson(input: { name: "Dee", bossId: 1 }) { result { id boss { id } } } createTag(input: { id: "own" }) { result { id } } }`;
    expect(await app.data(query)).toEqual({
      createPerson: { result: { id: "4", boss: { id: "1" } } },
      createTag: { result: { id: "own" } },
    });
  });

  test.each([
    ["a value that another record has", { token: "00000000-0000-4000-8000-000000000001" }, "conflict", ["token"]],
    [
      "a text that is too short, and an amount below its bound",
      { title: "x", amount: "-1" },
      "invalid_input",
      ["title", "amount"],
    ],
    ["digits that do not fit", { amount: "1.234" }, "invalid_input", ["amount"]],
    ["a text that the pattern does not match", { title: "a<b" }, "invalid_input", ["title"]],
    ["a key that leads nowhere", { companyId: companyId(9) }, "invalid_input", ["companyId"]],
    ["a key that is none", { ownerId: "me" }, "invalid_input", ["ownerId"]],
    ["links that lead nowhere", { tags: ["hot", "cold"] }, "invalid_input", ["tags"]],
    ["a day that is none", { closedOn: "2026-02-30" }, "invalid_input", ["closedOn"]],
    ["a number out of range", { points: "9223372036854775808" }, "invalid_input", ["points"]],
    ["nothing for what is required", { stage: null }, "invalid_input", ["stage"]],
    ["half a character", { title: "ok\ud800" }, "invalid_input", ["title"]],
    ["a NUL", { title: "ok\0" }, "invalid_input", ["title"]],
  ])("is refused in data for %s", async (_, changed, code, fields) => {
    const input = { title: "Fine", companyId: companyId(1), ...changed };
    const query = `mutation ($input: DealCreateInput!) { createDeal(input: $input) { result { id } ${errors} } }`;
    const response = await app.ask(query, { input });
    expect(response).toMatchObject({
      status: 200,
      errors: undefined,
      data: { createDeal: { result: null, errors: [{ code, fields: fields.map((field) => ({ field })) }] } },
    });
    expect(await app.data(`{ deals { totalCount } }`)).toEqual({ deals: { totalCount: 6 } });
  });

  test("tells a combination that is taken", async () => {
    const query = `mutation { createCompany(input: { name: "Acme", city: "Berlin" }) { ${errors} } }`;
    expect(await app.data(query)).toMatchObject({
      createCompany: { errors: [{ code: "conflict", fields: [{ field: "name" }, { field: "city" }] }] },
    });
  });

  test.each([
    [`createDeal(input: { companyId: "x" }) { errors { code } }`, "title"],
    [`createDeal(input: { title: "Fine", companyId: "x", colour: "red" }) { errors { code } }`, "colour"],
    [`createDeal(input: { title: "Fine", companyId: "x", stage: gone }) { errors { code } }`, "gone"],
    [`createDeal(input: { title: "Fine", companyId: "x", amount: [1] }) { errors { code } }`, "Decimal"],
    [`createDeal(input: { title: "Fine", companyId: "x", amount: { a: 1 } }) { errors { code } }`, "Decimal"],
    [`createDeal(input: { title: "Fine", companyId: "x", points: true }) { errors { code } }`, "BigInt"],
    [`createDeal(input: { title: "Fine", companyId: "x", closedOn: 5 }) { errors { code } }`, "Date"],
    [`createPerson(input: { id: 7, name: "Own" }) { errors { code } }`, "id"],
  ])("does not run what the schema forbids: %s", async (field, named) => {
    const { data, errors: refusals } = await app.ask(`mutation { ${field} }`);
    expect(data).toBeUndefined();
    expect(refusals?.map(({ message }) => message).join()).toContain(named);
    expect(refusals?.[0]?.locations?.[0]?.line).toBe(1);
  });
});

describe("update", () => {
  test("changes what is given and nothing else, null among it", async () => {
    const query = `mutation ($input: DealUpdateInput!) { updateDeal(id: "${dealId(1)}", input: $input) { result { title quantity hot amount owner { name } tags(orderBy: { id: ASC }) { nodes { id } } } errors { code } } }`;
    expect(await app.data(query, { input: { quantity: 9, hot: null, ownerId: 3, tags: ["vip"] } })).toEqual({
      updateDeal: {
        errors: [],
        result: {
          title: "Alpha",
          quantity: 9,
          hot: null,
          amount: "100.50",
          owner: { name: "Cid" },
          tags: { nodes: [{ id: "vip" }] },
        },
      },
    });
    expect(await app.data(query, { input: { ownerId: null, tags: [] } })).toMatchObject({
      updateDeal: { result: { quantity: 9, owner: null, tags: { nodes: [] } } },
    });
    expect(await app.data(query, { input: {} })).toMatchObject({ updateDeal: { result: { quantity: 9 }, errors: [] } });
  });

  test.each([companyId(9), "none", "1; drop table deals", ""])("tells in data that there is no %j", async (id) => {
    const query = `mutation ($id: ID!) { updateDeal(id: $id, input: { title: "None" }) { result { id } ${errors} } destroyDeal(id: $id) { result { id } ${errors} } }`;
    const refusal = { result: null, errors: [{ code: "not_found", fields: [] }] };
    expect(await app.data(query, { id })).toMatchObject({ updateDeal: refusal, destroyDeal: refusal });
  });

  test("tells what is taken, and changes nothing", async () => {
    const query = `mutation { updateDeal(id: "${dealId(1)}", input: { title: "Changed", token: "00000000-0000-4000-8000-000000000002" }) { result { id } ${errors} } }`;
    expect(await app.data(query)).toMatchObject({
      updateDeal: { result: null, errors: [{ code: "conflict", fields: [{ field: "token", rule: "unique" }] }] },
    });
    expect(await app.data(`{ deal(id: "${dealId(1)}") { title } }`)).toEqual({ deal: { title: "Alpha" } });
  });
});

describe("destroy", () => {
  test("answers the record as it was, with what it led to", async () => {
    const query = `mutation { destroyDeal(id: "${dealId(1)}") { result { title company { name } tags(orderBy: { id: ASC }) { totalCount nodes { id } } } errors { code } } }`;
    expect(await app.data(query)).toEqual({
      destroyDeal: {
        result: {
          title: "Alpha",
          company: { name: "Acme" },
          tags: { totalCount: 2, nodes: [{ id: "hot" }, { id: "new" }] },
        },
        errors: [],
      },
    });
    expect(await app.data(`{ deal(id: "${dealId(1)}") { id } deals { totalCount } }`)).toEqual({
      deal: null,
      deals: { totalCount: 5 },
    });
  });

  test("tells what still refers to the record", async () => {
    const query = `mutation { destroyCompany(id: "${companyId(1)}") { result { id } ${errors} } }`;
    expect(await app.data(query)).toMatchObject({ destroyCompany: { result: null, errors: [{ code: "conflict" }] } });
  });
});

describe("a mutation", () => {
  test("does its fields one after the other, in the order asked for", async () => {
    const { text } = await app.ask(`mutation {
      one: createTag(input: { id: "seq", colour: "a" }) { result { colour } }
      two: updateTag(id: "seq", input: { colour: "b" }) { result { colour } }
      again: createTag(input: { id: "seq" }) { result { colour } errors { code } }
      three: destroyTag(id: "seq") { result { colour } }
      four: destroyTag(id: "seq") { result { colour } errors { code } }
      __typename
    }`);
    expect(text).toBe(
      '{"data":{"one":{"result":{"colour":"a"}},"two":{"result":{"colour":"b"}},"again":{"result":null,"errors":[{"code":"conflict"}]},"three":{"result":{"colour":"b"}},"four":{"result":null,"errors":[{"code":"not_found"}]},"__typename":"Mutation"}}',
    );
  });

  test("shows its result and errors as often as they are asked for, under any names", async () => {
    const { text } = await app.ask(`mutation {
      createTag(input: { id: "many", colour: "red" }) {
        a: result { x: id } none: errors { code } b: result { x: colour ...T } a: result { deals { totalCount } } __typename
      }
      refused: createTag(input: { id: "many" }) {
        a: result { id } why: errors { c: code __typename fields { __typename f: field } } errors { code @skip(if: true) message } result { id }
      }
    } fragment T on Tag { __typename id }`);
    expect(text).toBe(
      '{"data":{"createTag":{"a":{"x":"many","deals":{"totalCount":0}},"none":[],"b":{"x":"red","__typename":"Tag","id":"many"},"__typename":"CreateTagPayload"},"refused":{"a":null,"why":[{"c":"conflict","__typename":"UserError","fields":[{"__typename":"FieldError","f":"id"}]}],"errors":[{"message":"Another record has the same id."}],"result":null}}}',
    );
  });

  test("is done even when nothing of it is to be shown", async () => {
    expect(await app.data(`mutation { createTag(input: { id: "quiet" }) { __typename } }`)).toEqual({
      createTag: { __typename: "CreateTagPayload" },
    });
    expect(await app.data(`{ tag(id: "quiet") { id } }`)).toEqual({ tag: { id: "quiet" } });
    const nothing = `mutation { createTag(input: { id: "silent" }) { errors @skip(if: true) { code } result @include(if: false) { id } } }`;
    expect(await app.data(nothing)).toEqual({ createTag: {} });
    expect(await app.data(nothing)).toEqual({ createTag: {} });
    expect(await app.data(`{ tag(id: "silent") { id } }`)).toEqual({ tag: { id: "silent" } });
    const skipped = `mutation ($no: Boolean!) { createTag(input: { id: "never" }) @include(if: $no) { __typename } }`;
    expect(await app.data(skipped, { no: false })).toEqual({});
    expect(await app.data(`{ tag(id: "never") { id } }`)).toEqual({ tag: null });
  });

  test("changes nothing when what it should show cannot be read, and what follows is not done", async () => {
    const { data, errors: refusals } = await app.ask(`mutation {
      first: createTag(input: { id: "kept" }) { result { id } }
      createTag(input: { id: "lost" }) { result { deals(first: 1, after: "x") { totalCount } } }
      last: createTag(input: { id: "unheard" }) { result { id } }
    }`);
    expect(data).toBeNull();
    expect(refusals).toMatchObject([{ path: ["createTag"], extensions: { code: "invalid_cursor" } }]);
    const { tags } = await app.data<{ tags: { nodes: unknown } }>(`{ tags(orderBy: { id: ASC }) { nodes { id } } }`);
    expect(tags.nodes).toEqual([{ id: "hot" }, { id: "kept" }, { id: "new" }, { id: "vip" }]);
  });
});
