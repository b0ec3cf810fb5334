import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExternalIssuer } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { isAppError } from "#tests/support/isAppError.ts";
import { type TestProvider, testProvider } from "../testing/testProvider.ts";
import { ExternalIssuers } from "./ExternalIssuers.ts";

const audience = "https://api.example.com";

let provider: TestProvider;
beforeAll(async () => {
  provider = await testProvider();
});
afterAll(() => provider[Symbol.asyncDispose]());

function appWith(...issuers: readonly ExternalIssuer[]): Model {
  return {
    app: { name: "Sales", roles: [{ name: "manager" }, { name: "sales" }], auth: { issuers } },
    resources: [],
  };
}

describe("tokens of a real provider", () => {
  test("are taken, with the user, the roles and the tenant that their claims name", async () => {
    const issuers = new ExternalIssuers({
      fetch,
      model: appWith({
        issuer: provider.issuer,
        audience,
        id: "person.key",
        tenant: "company",
        roles: { claim: "realm_access.roles", map: { "crm-managers": "manager" } },
      }),
    });
    const token = await provider.token(audience, {
      person: { key: "anna" },
      company: "acme",
      realm_access: { roles: ["crm-managers", "sales", "offline_access"] },
    });
    expect(issuers.include(token)).toBe(true);
    expect(await issuers.user(token)).toMatchObject({
      issuer: provider.issuer,
      id: "anna",
      tenant: "acme",
      roles: ["manager"],
    });
  });

  test("are taken without another question while the keys are known", async () => {
    const issuers = new ExternalIssuers({ fetch, model: appWith({ issuer: provider.issuer, audience }) });
    await issuers.user(await provider.token(audience));
    const another = await provider.token(audience, { more: 1 });
    const asked = provider.requests.length;
    expect((await issuers.user(another)).id).toBe(provider.clients.id);
    expect((await issuers.user(another)).roles).toEqual([]);
    expect(provider.requests.length).toBe(asked);
  });

  test("signed with a key that is new are taken, and one that was taken back no longer", async () => {
    const clock = { now: Date.now() };
    const issuers = new ExternalIssuers({
      fetch,
      model: appWith({ issuer: provider.issuer, audience }),
      now: () => clock.now,
    });
    const before = await provider.token(audience);
    await issuers.user(before);
    await provider.rotate();
    clock.now += 31_000;
    const after = await provider.token(audience);
    expect((await issuers.user(after)).id).toBe(provider.clients.id);
    await expect(issuers.user(before)).rejects.toSatisfy(isAppError("unauthenticated"));
  });

  test("with keys that nobody has do not make it ask again and again", async () => {
    const clock = { now: Date.now() };
    const issuers = new ExternalIssuers({
      fetch,
      model: appWith({ issuer: provider.issuer, audience }),
      now: () => clock.now,
    });
    await issuers.user(await provider.token(audience));
    const { privateKey } = await generateKeyPair("RS256");
    const asked = provider.requests.length;
    for (let count = 0; count < 20; count += 1) {
      const token = await forged({ kid: `key-${count}`, privateKey });
      await expect(issuers.user(token)).rejects.toSatisfy(isAppError("unauthenticated"));
    }
    expect(provider.requests.length).toBe(asked);
    clock.now += 31_000;
    const token = await forged({ kid: "another", privateKey });
    await expect(issuers.user(token)).rejects.toSatisfy(isAppError("unauthenticated"));
    expect(provider.requests.length).toBe(asked + 1);
  });

  test("are taken with the last keys while the issuer is down; what is not known is unavailable then", async () => {
    const clock = { now: Date.now() };
    const issuers = new ExternalIssuers({
      fetch,
      model: appWith({ issuer: provider.issuer, audience }),
      now: () => clock.now,
    });
    const token = await provider.token(audience);
    await issuers.user(token);
    const { privateKey } = await generateKeyPair("RS256");
    provider.down = true;
    try {
      clock.now += 601_000;
      const later = new ExternalIssuers({
        fetch,
        model: appWith({ issuer: provider.issuer, audience }),
        now: () => clock.now,
      });
      await expect(later.user(token)).rejects.toSatisfy(isAppError("unavailable"));
      clock.now -= 300_000;
      expect((await issuers.user(token)).id).toBe(provider.clients.id);
      clock.now += 300_000;
      await expect(issuers.user(await forged({ kid: "new", privateKey }))).rejects.toSatisfy(isAppError("unavailable"));
    } finally {
      provider.down = false;
    }
  });
});

test("the last keys of an issuer that stays down are believed for a day at most", async () => {
  const clock = { now: Date.now() };
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const issuer = "https://tenant.example/";
  const asked: string[] = [];
  let isUp = true;
  const issuers = new ExternalIssuers({
    fetch: async (url) => {
      asked.push(url);
      if (!isUp) throw new Error("Nobody is there.");
      const keys = [{ ...(await exportJWK(publicKey)), kid: "one", alg: "ES256" }];
      return Response.json(url.endsWith("configuration") ? { issuer, jwks_uri: `${issuer}jwks` } : { keys });
    },
    model: appWith({ issuer, audience }),
    now: () => clock.now,
  });
  const token = () =>
    new SignJWT({ iss: issuer, aud: audience, sub: "anna", exp: clock.now / 1000 + 60 })
      .setProtectedHeader({ alg: "ES256", kid: "one" })
      .sign(privateKey);
  await issuers.user(await token());
  // An issuer whose name ends with a slash has its document right below.
  expect(asked[0]).toBe("https://tenant.example/.well-known/openid-configuration");
  isUp = false;
  clock.now += 23 * 3_600_000;
  expect(await issuers.user(await token())).toMatchObject({ id: "anna" });
  clock.now += 2 * 3_600_000;
  await expect(issuers.user(await token())).rejects.toSatisfy(isAppError("unavailable"));
  isUp = true;
  clock.now += 6_000;
  expect(await issuers.user(await token())).toMatchObject({ id: "anna" });
});

describe("tokens that somebody made", () => {
  const clock = { now: Date.now() };
  const issuersOf = (settings: Partial<ExternalIssuer> = {}) =>
    new ExternalIssuers({
      fetch: async (url) =>
        Response.json(
          url.endsWith("configuration") ? { issuer, jwks_uri: `${issuer}/jwks` } : { keys: [await published()] },
        ),
      model: appWith({ issuer, audience, ...settings }),
      now: () => clock.now,
    });
  const issuer = "https://issuer.example/realms/one";
  const pair = generateKeyPair("ES256", { extractable: true });
  const published = async () => ({
    ...(await exportJWK((await pair).publicKey)),
    kid: "one",
    alg: "ES256",
    use: "sig",
  });
  const seconds = () => Math.floor(clock.now / 1000);
  const good = () => ({ iss: issuer, aud: audience, sub: "anna", exp: seconds() + 60 });
  const signed = async (claims: object, header: object = {}) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "one", ...header })
      .sign((await pair).privateKey);

  test("are taken where everything is as it must be", async () => {
    expect(await issuersOf().user(await signed(good()))).toMatchObject({ id: "anna", tenant: null, roles: [] });
    expect(await issuersOf().user(await signed({ ...good(), aud: ["other", audience] }))).toMatchObject({ id: "anna" });
    expect(await issuersOf().user(await signed(good(), { typ: "at+jwt" }))).toMatchObject({ id: "anna" });
  });

  test.each<[string, () => object, object?]>([
    ["for another audience", () => ({ ...good(), aud: "other" })],
    ["for no audience", () => ({ ...good(), aud: undefined })],
    ["expired longer ago than clocks differ", () => ({ ...good(), exp: seconds() - 31 })],
    ["without an end", () => ({ ...good(), exp: undefined })],
    ["not yet valid", () => ({ ...good(), nbf: seconds() + 40 })],
    ["of another issuer", () => ({ ...good(), iss: "https://issuer.example/realms/two" })],
    ["of nobody", () => ({ ...good(), sub: undefined })],
    ["of a list of people", () => ({ ...good(), sub: ["anna"] })],
    ["for signing out", good, { typ: "logout+jwt" }],
    ["with a key that nobody has", good, { kid: "two" }],
  ])("are refused %s", async (_, claims, header) => {
    await expect(issuersOf().user(await signed(claims(), header))).rejects.toSatisfy(isAppError("unauthenticated"));
  });

  test("are forgiven clocks that differ a little", async () => {
    expect(await issuersOf().user(await signed({ ...good(), exp: seconds() - 20, nbf: seconds() + 20 }))).toMatchObject(
      {
        id: "anna",
      },
    );
  });

  test("are refused without a signature, with a shared secret, and with a key that they bring along", async () => {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const unsigned = `${encoded({ alg: "none", kid: "one" })}.${encoded(good())}.`;
    const secret = Buffer.from(JSON.stringify(await published()));
    const shared = await new SignJWT(good()).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret);
    const own = await generateKeyPair("ES256", { extractable: true });
    const jwk = await exportJWK(own.publicKey);
    const brought = await new SignJWT(good())
      .setProtectedHeader({ alg: "ES256", kid: "one", jwk })
      .sign(own.privateKey);
    const [head, , signature] = (await signed(good())).split(".");
    const altered = `${head}.${encoded({ ...good(), sub: "eve" })}.${signature}`;
    const long = `${await signed(good())}${"a".repeat(20_000)}`;
    for (const token of [unsigned, shared, brought, altered, long, "", "a.b.c", "é.é.é", `${head}..`]) {
      await expect(issuersOf().user(token)).rejects.toSatisfy(isAppError("unauthenticated"));
    }
  });

  test("are refused once they have expired, known or not", async () => {
    const issuers = issuersOf();
    const token = await signed(good());
    await issuers.user(token);
    clock.now += 91_000;
    await expect(issuers.user(token)).rejects.toSatisfy(isAppError("unauthenticated"));
  });

  test("are refused for a tenant that is none, and give no role that the app does not have", async () => {
    const issuers = issuersOf({ tenant: "company", roles: { claim: "https://app.example/roles" } });
    const roles = ["sales", "__proto__", "admin"];
    const user = await issuers.user(await signed({ ...good(), "https://app.example/roles": roles, company: 7 }));
    expect(user).toMatchObject({ roles: ["sales"], tenant: "7" });
    await expect(issuers.user(await signed({ ...good(), company: { id: 7 } }))).rejects.toSatisfy(
      isAppError("unauthenticated"),
    );
  });
});

describe("documents of an issuer", () => {
  test.each<[string, unknown]>([
    ["name another issuer", { issuer: "https://other.example", jwks_uri: "https://other.example/jwks" }],
    ["name no keys", { issuer: "https://issuer.example" }],
    ["name keys without https", { issuer: "https://issuer.example", jwks_uri: "http://issuer.example/jwks" }],
    ["are no object", []],
    ["are no JSON", "{"],
    ["are too large", { issuer: "https://issuer.example", more: "x".repeat(600_000) }],
  ])("that %s make nobody known", async (_, document) => {
    const { privateKey } = await generateKeyPair("RS256");
    const issuers = new ExternalIssuers({
      fetch: async () => (typeof document === "string" ? new Response(document) : Response.json(document)),
      model: appWith({ issuer: "https://issuer.example", audience }),
    });
    const token = await forged({ kid: "one", privateKey, issuer: "https://issuer.example" });
    await expect(issuers.user(token)).rejects.toSatisfy(isAppError("unavailable"));
  });
});

function forged(given: { readonly kid: string; readonly privateKey: CryptoKey; readonly issuer?: string }) {
  const { kid, privateKey, issuer = provider.issuer } = given;
  return new SignJWT({ sub: "eve" })
    .setProtectedHeader({ alg: "RS256", kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime("1h")
    .sign(privateKey);
}
