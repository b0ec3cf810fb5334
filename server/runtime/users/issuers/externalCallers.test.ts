import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type TestProvider, testProvider } from "../testing/testProvider.ts";

const audience = "https://api.example.com";
const text = { kind: "text" } as const;

let provider: TestProvider;
let app: ServedApp;

/** Nobody has an account here: everybody is known elsewhere. */
function model(issuer: string): Model {
  return {
    app: {
      name: "Sales",
      roles: [{ name: "manager" }, { name: "sales" }],
      users: "Person",
      auth: {
        issuers: [
          {
            issuer,
            audience,
            id: "person",
            tenant: "company",
            roles: { claim: "realm_access.roles", map: { "crm-managers": "manager" } },
          },
        ],
      },
    },
    resources: [
      resource("Person", {
        plural: "people",
        attributes: [attribute("name", { type: text }), attribute("region", { type: text })],
        policies: [{ effect: "allow", actions: ["read"], expression: "id == actor.id || actor.role == 'manager'" }],
      }),
      resource("Deal", {
        plural: "deals",
        attributes: [
          attribute("title", { type: text, required: true }),
          attribute("region", { type: text }),
          attribute("company", { type: text, required: true }),
        ],
        features: { tenant: "company" },
        policies: [
          { effect: "allow", actions: ["read"], expression: "region == actor.region || actor.role == 'manager'" },
          { effect: "allow", actions: ["create"], expression: "actor.role == 'manager'" },
        ],
      }),
    ],
  };
}

const anna = "0198c0de-0000-7000-8000-00000000000a";
const [north, south] = ["north", "south"];

beforeAll(async () => {
  provider = await testProvider();
  app = await servedApp(model(provider.issuer), { egress: { allow: [new URL(provider.issuer).host] } });
  await app.sql`insert into people (id, name, region) values (${anna}, 'Anna', ${north})`;
  await app.sql`
    insert into deals (title, region, company) values
      ('hers', ${north}, 'acme'), ('another region', ${south}, 'acme'), ('another company', ${north}, 'other')`;
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const call = (token: string, path: string, init: RequestInit = {}) =>
  app.fetch(path, { ...init, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } });

async function titles(token: string): Promise<readonly string[]> {
  const { data } = (await (await call(token, "/rest/v1/deals?sort=title")).json()) as { data: { title: string }[] };
  return data.map(({ title }) => title);
}

describe("whoever comes with a token of an issuer that the app names", () => {
  test("is the person whose record it names, with the record's attributes and the token's tenant", async () => {
    const token = await provider.token(audience, { person: anna, company: "acme" });
    expect(await titles(token)).toEqual(["hers"]);
  });

  test("has the roles that its claims come to", async () => {
    const realm = { realm_access: { roles: ["crm-managers", "offline_access"] } };
    const token = await provider.token(audience, { person: anna, company: "acme", ...realm });
    expect(await titles(token)).toEqual(["another region", "hers"]);
    const body = JSON.stringify({ title: "new", company: "acme" });
    expect((await call(token, "/rest/v1/deals", { method: "POST", body })).status).toBe(201);
    const strange = JSON.stringify({ title: "new", company: "other" });
    expect((await call(token, "/rest/v1/deals", { method: "POST", body: strange })).status).toBe(403);
  });

  test("is somebody without attributes where there is no record yet", async () => {
    const token = await provider.token(audience, { person: anna.replace(/a$/, "b"), company: "acme" });
    // The only rule that is left compares with an attribute that is not there.
    const answer = await call(token, "/rest/v1/deals");
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, "forbidden"]);
  });

  test("is served by GraphQL too", async () => {
    const token = await provider.token(audience, { person: anna, company: "acme" });
    const query = JSON.stringify({ query: "{ deals { edges { node { title } } } }" });
    const answer = await call(token, "/graphql", { method: "POST", body: query });
    expect(await answer.json()).toEqual({ data: { deals: { edges: [{ node: { title: "hers" } }] } } });
  });

  test("is not asked for at the issuer again and again", async () => {
    const token = await provider.token(audience, { person: anna, company: "acme" });
    await titles(token);
    const asked = provider.requests.length;
    for (let count = 0; count < 5; count += 1) await titles(token);
    expect(provider.requests.length).toBe(asked);
  });

  test("may not act as others, and signs in nowhere here", async () => {
    const token = await provider.token(audience, { person: anna, company: "acme" });
    const acting = await app.fetch("/rest/v1/deals", {
      headers: { authorization: `Bearer ${token}`, "gantry-act-as": '{"roles":["manager"]}' },
    });
    expect(acting.status).toBe(403);
    const body = JSON.stringify({ email: "anna@example.com", password: "four unrelated words" });
    expect((await call(token, "/auth/sign-in", { method: "POST", body })).status).toBe(404);
    expect((await call(token, "/auth/sessions")).status).toBe(401);
  });
});

describe("a token is refused", () => {
  test.each<[string, Record<string, unknown>, string?]>([
    ["for another audience", { person: anna }, "https://other.example.com"],
    ["without the claim that names the person", {}],
    ["with a claim that is no key", { person: "anna" }],
    ["with a tenant that is none", { person: anna, company: ["acme"] }],
  ])("%s", async (_, claims, other = audience) => {
    const answer = await call(await provider.token(other, claims), "/rest/v1/deals");
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: "unauthenticated" });
  });

  test.each(["eyJhbGciOiJub25lIn0.e30.", "eyJ.eyJ.eyJ", `eyJ${"a".repeat(15_000)}`, "eyJhbGciOiJub25lIn0", "eyJé"])(
    "that is junk (%#)",
    async (token) => {
      const answer = await app.fetch("/rest/v1/deals", {
        headers: { authorization: `Bearer ${Buffer.from(token).toString("latin1")}` },
      });
      expect(answer.status).toBe(401);
    },
  );

  test("where the environment may not reach its issuer", async () => {
    await using closed = await servedApp(model(provider.issuer));
    const token = await provider.token(audience, { person: anna, company: "acme" });
    const asked = provider.requests.length;
    const answer = await closed.fetch("/rest/v1/deals", { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(503);
    expect(provider.requests.length).toBe(asked);
  });
});
