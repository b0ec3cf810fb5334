import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphqlSdl } from "#lib/codegen/graphql/graphqlSdl.ts";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { dealId, type GraphqlResponse, readResponse, type SalesApp, salesApp } from "./testing/salesApp.ts";

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const json = { "content-type": "application/json" };
const modern = { ...json, accept: "application/graphql-response+json" };

async function post(body: string, headers: Record<string, string> = json): Promise<GraphqlResponse> {
  return readResponse(await app.fetch("/graphql", { method: "POST", headers, body }));
}

async function get(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<GraphqlResponse> {
  return readResponse(await app.fetch(`/graphql?${new URLSearchParams(parameters)}`, { headers }));
}

describe("without a key nothing is told", () => {
  test.each([
    [`{ deals { totalCount } }`],
    [`{ __schema { types { name } } }`],
    [`{ __typename }`],
    [`mutation { destroyDeal(id: "${dealId(1)}") { result { id } } }`],
    [`{ no`],
  ])("%s", async (query) => {
    const headers = { ...json, authorization: "" };
    const url = `/graphql?${new URLSearchParams({ query })}`;
    for (const authorization of ["", "Bearer gk_wrong", "Basic x"]) {
      const answers = [
        await app.fetch("/graphql", {
          method: "POST",
          headers: { ...headers, authorization },
          body: JSON.stringify({ query }),
        }),
        await app.fetch(url, { headers: { authorization } }),
      ];
      for (const response of answers) {
        expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="api"']);
        const text = await response.text();
        expect(JSON.parse(text)).toMatchObject({ code: "unauthenticated" });
        expect(text).not.toContain("deal");
      }
    }
  });
});

describe("requests", () => {
  test("come by POST and by GET", async () => {
    const query = `query One { one: deal(id: "${dealId(1)}") { title } } query Two($id: ID!) { two: deal(id: $id) { title } }`;
    const two = { query, operationName: "Two", variables: { id: dealId(2) } };
    const answer = { status: 200, data: { two: { title: "Beta" } }, errors: undefined };
    expect(await post(JSON.stringify({ ...two, extensions: {} }))).toMatchObject(answer);
    expect(await get({ ...two, variables: JSON.stringify(two.variables) })).toMatchObject(answer);
    expect(await post(JSON.stringify({ query, operationName: "One", variables: null }))).toMatchObject({
      data: { one: { title: "Alpha" } },
    });
    expect(await get({ query: `{ __typename }`, variables: "" })).toMatchObject({ data: { __typename: "Query" } });
  });

  test("may carry a charset and parameters in their content type", async () => {
    expect((await post(`{"query":"{__typename}"}`, { "content-type": "Application/JSON; charset=utf-8" })).status).toBe(
      200,
    );
  });

  test("are answered in the type that the caller takes", async () => {
    const type = async (headers: Record<string, string>) =>
      (await post(`{"query":"{__typename}"}`, { ...json, ...headers })).headers.get("content-type");
    expect(await type({})).toBe("application/json; charset=utf-8");
    expect(await type({ accept: "application/json" })).toBe("application/json; charset=utf-8");
    expect(await type({ accept: "application/graphql-response+json; charset=utf-8, application/json; q=0.9" })).toBe(
      "application/graphql-response+json; charset=utf-8",
    );
  });

  test.each([
    ["no content type", "text/plain", `{"query":"{__typename}"}`, 415, "unsupported_media_type"],
    ["a form", "application/x-www-form-urlencoded", "query={__typename}", 415, "unsupported_media_type"],
    ["what is no JSON", "application/json", `{"query":`, 400, "invalid_request"],
    ["nothing", "application/json", "", 400, "invalid_request"],
    ["an empty list", "application/json", "[]", 400, "invalid_request"],
    [
      "too long a list",
      "application/json",
      JSON.stringify(Array.from({ length: 11 }, () => ({ query: "{__typename}" }))),
      400,
      "invalid_request",
    ],
    ["a list in a list", "application/json", `[[{"query":"{__typename}"}]]`, 400, "invalid_request"],
    ["another charset", "application/json; charset=latin1", `{"query":"{__typename}"}`, 415, "unsupported_media_type"],
    ["a text", "application/json", `"{__typename}"`, 400, "invalid_request"],
    ["no query", "application/json", `{}`, 400, "invalid_request"],
    ["a query of another type", "application/json", `{"query":{"a":1}}`, 400, "invalid_request"],
    [
      "a name of another type",
      "application/json",
      `{"query":"{__typename}","operationName":1}`,
      400,
      "invalid_request",
    ],
    [
      "variables of another type",
      "application/json",
      `{"query":"{__typename}","variables":[1]}`,
      400,
      "invalid_request",
    ],
    [
      "extensions of another type",
      "application/json",
      `{"query":"{__typename}","extensions":"x"}`,
      400,
      "invalid_request",
    ],
    [
      "variables that nest without end",
      "application/json",
      `{"query":"{__typename}","variables":{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`,
      400,
      "invalid_request",
    ],
  ])("with %s are refused", async (_, contentType, body, status, code) => {
    const response = await post(body, { "content-type": contentType });
    expect(response).toMatchObject({ status, errors: [{ extensions: { code } }] });
    expect(response.data).toBeUndefined();
  });

  test.each([
    [{ query: "{__typename}", variables: "{" }],
    [{ query: "{__typename}", variables: "[]" }],
    [{ variables: "{}" }],
  ])("by GET with %j are refused", async (parameters) => {
    expect(await get(parameters as Record<string, string>)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "invalid_request" } }],
    });
  });

  test("by GET change nothing", async () => {
    const response = await get({ query: `mutation { destroyDeal(id: "${dealId(1)}") { result { id } } }` });
    expect(response).toMatchObject({ status: 405, errors: [{ extensions: { code: "method_not_allowed" } }] });
    expect(response.headers.get("allow")).toBe("POST");
    expect(await app.data(`{ deal(id: "${dealId(1)}") { title } }`)).toEqual({ deal: { title: "Alpha" } });
  });

  test.each(["PUT", "PATCH", "DELETE"])("by %s are told which methods there are", async (method) => {
    const response = await app.fetch("/graphql", { method, headers: json, body: `{"query":"{__typename}"}` });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST, OPTIONS"]);
    await response.body?.cancel();
  });

  test("over a megabyte are refused", async () => {
    const response = await app.fetch("/graphql", {
      method: "POST",
      headers: json,
      body: `{"query":"${" ".repeat(1 << 20)}"}`,
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "payload_too_large" });
  });
});

describe("documents that cannot be run", () => {
  const cases: readonly (readonly [why: string, query: string, message: RegExp])[] = [
    ["break the syntax", "{\n  deals {", /Syntax Error: Expected Name, found <EOF>/],
    ["are empty", "", /Syntax Error/],
    ["end in a text", '{ deal(id: "x', /Unterminated string/],
    ["name unknown fields", "{ deals { nodes { titel } } }", /Cannot query field "titel".*"title"/],
    ["name unknown arguments", "{ deals(limit: 1) { totalCount } }", /Unknown argument "limit"/],
    ["miss arguments", "{ deal { id } }", /deal\(id:\).*required/],
    ["select nothing of an object", "{ deals }", /must have a selection of subfields/],
    ["select something of a value", `{ deal(id: "1") { title { x } } }`, /must not have a selection/],
    ["mix what cannot be merged", `{ deal(id: "1") { a: id a: title } }`, /conflict/],
    ["go round in circles", "query { ...A } fragment A on Query { ...A }", /Cannot spread fragment "A" within itself/],
    ["spread what is not there", "{ ...A }", /Unknown fragment/],
    ["use no fragment they have", "{ __typename } fragment A on Deal { id }", /never used/],
    ["use variables they have not", "{ deal(id: $id) { id } }", /not defined/],
    ["put variables in wrong places", "query ($id: Int!) { deal(id: $id) { id } }", /expecting type "ID!"/],
    ["write values of wrong types", "{ deals(first: 1.5) { totalCount } }", /Int/],
    ["write numbers out of range", "{ deals(first: 9007199254740993) { totalCount } }", /Int/],
    ["ask for what the app has not", "subscription { deals { totalCount } }", /subscription/i],
    ["are schemas", "type A { a: Int }", /not executable/],
    ["have no operation", "fragment A on Deal { id }", /never used/],
    ["use unknown directives", "{ __typename @upper }", /Unknown directive/],
    [
      "nest too deep",
      `{ companies { ${"nodes { parent { subsidiaries { ".repeat(7)} totalCount ${"} } }".repeat(7)} } }`,
      /deeper than 20 levels/,
    ],
    [
      "nest too deep through fragments",
      `{ companies { nodes { ...F0 } } } ${Array.from({ length: 19 }, (_, at) => `fragment F${at} on Company { parent { ...F${at + 1} } }`).join(" ")} fragment F19 on Company { name }`,
      /deeper than 20 levels/,
    ],
    ["nest brackets without end", `{ a(a: ${"[".repeat(9000)}`, /nests more than 150 brackets/],
    ["nest braces without end", "{a".repeat(4900), /nests more than 150 brackets/],
    ["have too many tokens", `{ deals { ${"totalCount ".repeat(10_000)} } }`, /more than 10000 tokens/],
    [
      "ask for too many fields of the root",
      `{ ${Array.from({ length: 51 }, (_, at) => `a${at}: __typename`).join(" ")} }`,
      /at most 50 fields/,
    ],
  ];
  test.each(cases)("because they %s", async (_, query, message) => {
    const { count, result } = await app.statements.during(() => post(JSON.stringify({ query }), modern));
    expect(count).toBe(0);
    expect(result).toMatchObject({ status: 400, errors: [{ extensions: { code: "invalid_request" } }] });
    expect(result.data).toBeUndefined();
    expect(result.errors?.map((error) => error.message).join("\n")).toMatch(message);
    const old = await post(JSON.stringify({ query }));
    expect([old.status, old.errors]).toEqual([200, result.errors]);
  });

  test.each([
    ["{\n  deals {", { line: 2, column: 10 }],
    ["", { line: 1, column: 1 }],
    ['{ deal(id: "x', { line: 1, column: 14 }],
    ["{ deals { nodes {\r\n titel } } }", { line: 2, column: 2 }],
    ["# größe\n{ deals(first: [1]) { totalCount } }", { line: 2, column: 16 }],
    [`mutation {\n createTag(input: { id: {} }) { __typename } }`, { line: 2, column: 25 }],
    [`mutation ($day: Date = 5) { createTag(input: { id: "x" }) { __typename } }`, { line: 1, column: 24 }],
  ])("tell where: %j", async (query, place) => {
    const { errors } = await post(JSON.stringify({ query }), modern);
    expect(errors?.map(({ locations }) => locations?.[0])).toContainEqual(place);
  });

  test.each([
    ["no name among several", { query: "query A { __typename } query B { __typename }" }, /operationName/],
    ["an unknown name", { query: "query A { __typename }", operationName: "B" }, /no operation called B/],
    ["a missing variable", { query: "query ($id: ID!) { deal(id: $id) { id } }" }, /\$id/],
    [
      "a variable of the wrong type",
      { query: "query ($n: Int) { deals(first: $n) { totalCount } }", variables: { n: "x" } },
      /Int/,
    ],
    [
      "an enum that is none",
      {
        query: "query ($s: DealStage) { deals(filter: { stage: { eq: $s } }) { totalCount } }",
        variables: { s: "gone" },
      },
      /DealStage/,
    ],
    [
      "an unknown field of an input",
      { query: "query ($f: DealFilter) { deals(filter: $f) { totalCount } }", variables: { f: { x: { eq: 1 } } } },
      /"x"/,
    ],
    [
      "null for a directive",
      { query: "query ($b: Boolean = true) { deals @include(if: $b) { totalCount } }", variables: { b: null } },
      /"\$b"/,
    ],
  ])("for %s", async (_, body, message) => {
    const { status, data, errors } = await post(JSON.stringify(body), modern);
    expect([status, data]).toEqual([400, undefined]);
    expect(errors?.[0]?.message).toMatch(message);
  });

  test.each([[`{"n":9007199254740993}`], [`{"n":1e400}`], [`{"n":1.5000000000000000001}`]])(
    "for a number that is no Int: %s",
    async (variables) => {
      const { status, errors } = await app.ask("query ($n: Int) { deals(first: $n) { totalCount } }", variables);
      expect([status, errors?.[0]?.extensions.code]).toEqual([200, "invalid_request"]);
    },
  );

  test("are refused quickly, however they multiply", async () => {
    const fragments = (body: (next: string) => string) =>
      Array.from({ length: 18 }, (_, at) => `fragment F${at} on Company { ${body(`F${at + 1}`)} }`).join(" ");
    const spreads = `{ companies { nodes { ...F0 } } } ${fragments((next) => `...${next} ...${next} ...${next}`)} fragment F18 on Company { name }`;
    expect((await app.ask(spreads)).errors).toBeUndefined();
    const wide = `{ companies(first: 1) { nodes { ...F0 } } } ${fragments((next) => `a: parent { ...${next} } b: parent { ...${next} } c: parent { ...${next} }`).replace(/fragment F1[6-8].*$/, "")} fragment F16 on Company { name }`;
    expect((await app.ask(wide)).errors).toMatchObject([
      { path: ["companies"], extensions: { code: "invalid_request" } },
    ]);
    const repeated = `{ deals { nodes { ${"id ".repeat(9000)} } } }`;
    expect((await app.ask(repeated)).errors).toMatchObject([{ extensions: { code: "invalid_request" } }]);
    expect((await app.ask(repeated.replace(/(id ){8500}/, ""))).errors).toBeUndefined();
    const sprawling = `{ deals { nodes { ${Array.from({ length: 2500 }, (_, at) => `a${at}: id`).join(" ")} } } }`;
    expect((await app.ask(sprawling)).errors).toMatchObject([{ extensions: { code: "invalid_request" } }]);
  });
});

describe("introspection", () => {
  test("tells the schema that the model has", async () => {
    const data = await app.data<IntrospectionQuery>(
      getIntrospectionQuery({ descriptions: true, specifiedByUrl: true }),
    );
    const print = (schema: Parameters<typeof printSchema>[0]) => printSchema(lexicographicSortSchema(schema));
    expect(print(buildClientSchema(data))).toBe(print(buildSchema(graphqlSdl(salesModel))));
  });

  test("answers beside fields of the app, with fragments, variables and names of one's own", async () => {
    const data = await app.data(
      `query ($name: String!) { tag(id: "hot") { id } a: __type(name: $name) { ...T fields { name @skip(if: true) type { name } } } b: __type(name: "None") { name } } fragment T on __Type { kind n: name }`,
      { name: "Tag" },
    );
    expect(data).toMatchObject({ tag: { id: "hot" }, a: { kind: "OBJECT", n: "Tag" }, b: null });
  });

  test("says what is wrong with it", async () => {
    const { data, errors } = await app.ask(`query ($n: String = "Tag") { __type(name: $n) { name } }`, { n: null });
    expect(data).toEqual({ __type: null });
    expect(errors).toMatchObject([{ path: ["__type"], extensions: { code: "invalid_request" } }]);
  });
});
