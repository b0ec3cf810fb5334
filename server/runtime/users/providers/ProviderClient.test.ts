import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IdentityProvider } from "#lib/model/processTypes.ts";
import { guardedFetch } from "#server/runtime/egress/guardedFetch.ts";
import { isAppError } from "#tests/support/isAppError.ts";
import { type TestProvider, testProvider } from "../testing/testProvider.ts";
import { type Binding, ProviderClient } from "./ProviderClient.ts";

const callback = "http://localhost:1/auth/acme/callback";
const binding: Binding = { state: "the-state", nonce: "the-nonce", verifier: "v".repeat(43) };

let provider: TestProvider;
let other: TestProvider;
beforeAll(async () => {
  [provider, other] = await Promise.all([testProvider(), testProvider()]);
  for (const each of [provider, other]) {
    await each.redirectTo(callback, "http://localhost:1/auth/other/callback");
    each.people.set("anna", { email: "Anna@Example.com", email_verified: true, groups: ["staff"] });
    each.people.set("bob", {});
  }
});
afterAll(async () => {
  await Promise.all([provider, other].map((each) => each[Symbol.asyncDispose]()));
});

function clientOf(of: TestProvider = provider, settings: Partial<IdentityProvider> = {}, allow?: readonly string[]) {
  const allowed = allow ?? [new URL(of.issuer).host];
  return new ProviderClient({
    provider: { name: "acme", issuer: of.issuer, clientId: of.clients.id, ...settings },
    secret: of.clients.secret,
    fetch: guardedFetch({ allow: allowed }),
    allow: allowed,
  });
}

async function wayBack(client: ProviderClient, login = "anna", answer?: "abort"): Promise<URL> {
  return new URL(await provider.signIn(await client.address(binding, callback), login, answer));
}

describe("signing in by a real provider", () => {
  test("tells who it is, with the address and what userinfo adds", async () => {
    const client = clientOf(provider, { scopes: ["email", "profile"], roles: { claim: "groups" } });
    const back = await wayBack(client);
    expect(back.href.startsWith(`${callback}?`)).toBe(true);
    expect(await client.identity(back, binding)).toMatchObject({
      subject: "anna",
      email: "Anna@Example.com",
      emailVerified: true,
      claims: { groups: ["staff"] },
    });
  });

  test("tells of no address where the provider knows none", async () => {
    const client = clientOf();
    expect(await client.identity(await wayBack(client, "bob"), binding)).toMatchObject({
      subject: "bob",
      email: null,
      emailVerified: false,
    });
  });

  test("works where the provider wants the secret in the body", async () => {
    const client = clientOf(provider, { clientId: "posting-app" });
    expect(await client.identity(await wayBack(client), binding)).toMatchObject({ subject: "anna" });
  });

  test("goes on with what is known of it, and with new keys", async () => {
    const client = clientOf();
    await client.identity(await wayBack(client), binding);
    await provider.rotate();
    expect(await client.identity(await wayBack(client), binding)).toMatchObject({ subject: "anna" });
  });
});

describe("what comes back is refused", () => {
  test.each<[string, (back: URL) => void]>([
    ["with another state", (back) => back.searchParams.set("state", "another")],
    ["without a state", (back) => back.searchParams.delete("state")],
    ["with two states", (back) => back.searchParams.append("state", "the-state")],
    ["without a code", (back) => back.searchParams.delete("code")],
    ["with another code", (back) => back.searchParams.set("code", "another")],
    ["with the name of another issuer", (back) => back.searchParams.set("iss", "https://other.example")],
    ["without the name of its issuer", (back) => back.searchParams.delete("iss")],
  ])("%s", async (_, change) => {
    const client = clientOf();
    const back = await wayBack(client);
    change(back);
    await expect(client.identity(back, binding)).rejects.toSatisfy(isAppError("unauthenticated"));
  });

  test("a second time", async () => {
    const client = clientOf();
    const back = await wayBack(client);
    await client.identity(back, binding);
    await expect(client.identity(back, binding)).rejects.toSatisfy(isAppError("unauthenticated"));
  });

  test("with another nonce, and with the verifier of another browser", async () => {
    const client = clientOf();
    await expect(client.identity(await wayBack(client), { ...binding, nonce: "another" })).rejects.toSatisfy(
      isAppError("unauthenticated"),
    );
    await expect(client.identity(await wayBack(client), { ...binding, verifier: "w".repeat(43) })).rejects.toSatisfy(
      isAppError("unauthenticated"),
    );
  });

  test("from another provider: its answer is not taken for this one's", async () => {
    const back = new URL(await other.signIn(await clientOf(other).address(binding, callback), "anna"));
    await expect(clientOf().identity(back, binding)).rejects.toSatisfy(isAppError("unauthenticated"));
  });

  test("where somebody broke off", async () => {
    const client = clientOf();
    await expect(client.identity(await wayBack(client, "anna", "abort"), binding)).rejects.toThrow("broken off");
  });

  test.each<[string, (claims: Record<string, unknown>) => void]>([
    ["an altered subject", (claims) => Object.assign(claims, { sub: "eve" })],
    ["another audience", (claims) => Object.assign(claims, { aud: "another" })],
    ["another issuer", (claims) => Object.assign(claims, { iss: "https://other.example" })],
    ["an end long ago", (claims) => Object.assign(claims, { exp: 1000 })],
  ])("with an id token with %s", async (_, change) => {
    const client = clientOf();
    const back = await wayBack(client);
    await using _relay = await tampering(provider, (head, claims, signature) => {
      change(claims);
      return [head, claims, signature];
    });
    await expect(client.identity(back, binding)).rejects.toSatisfy(isAppError("unauthenticated"));
  });

  test("with an id token that nobody signed, or signed with the client's secret", async () => {
    for (const alg of ["none", "HS256"]) {
      const client = clientOf();
      const back = await wayBack(client);
      await using _relay = await tampering(provider, (head, claims) => [{ ...head, alg }, claims, ""]);
      await expect(client.identity(back, binding)).rejects.toSatisfy(isAppError("unauthenticated"));
    }
  });
});

describe("a provider that cannot be asked is not available", () => {
  test("while it is down", async () => {
    const client = clientOf();
    const back = await wayBack(client);
    provider.down = true;
    try {
      await expect(clientOf().address(binding, callback)).rejects.toSatisfy(isAppError("unavailable"));
      await expect(client.identity(back, binding)).rejects.toSatisfy(isAppError("unavailable"));
    } finally {
      provider.down = false;
    }
  });

  test("while the environment does not let the app reach it", async () => {
    await expect(clientOf(provider, {}, []).address(binding, callback)).rejects.toSatisfy(isAppError("unavailable"));
    await expect(clientOf(provider, {}, ["other.example"]).address(binding, callback)).rejects.toSatisfy(
      isAppError("unavailable"),
    );
  });

  test.each<[string, string]>([
    [
      "names another issuer",
      JSON.stringify({ issuer: "https://other.example", authorization_endpoint: "https://a.b" }),
    ],
    ["is no JSON", "<html>"],
    ["is none", "[]"],
  ])("where its document %s", async (_, document) => {
    provider.intercept = (_request, response) => {
      response.setHeader("content-type", "application/json").end(document);
      return true;
    };
    try {
      await expect(clientOf().address(binding, callback)).rejects.toSatisfy(isAppError("unavailable"));
    } finally {
      provider.intercept = null;
    }
  });

  test("where the client's secret is not the one it knows", async () => {
    const client = new ProviderClient({
      provider: { name: "acme", issuer: provider.issuer, clientId: provider.clients.id },
      secret: "another",
      fetch: guardedFetch({ allow: ["localhost"] }),
      allow: ["localhost"],
    });
    await expect(client.identity(await wayBack(client), binding)).rejects.toSatisfy(isAppError("unavailable"));
  });
});

type Parts = [Record<string, unknown>, Record<string, unknown>, string];

/** Answers of the provider's token endpoint get another id token. */
async function tampering(of: TestProvider, change: (...parts: Parts) => Parts): Promise<AsyncDisposable> {
  of.intercept = (request, response) => {
    if (request.url !== "/token" || request.headers["x-relayed"]) return false;
    void (async () => {
      const body: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) body.push(chunk);
      const { authorization = "" } = request.headers;
      const answer = await fetch(`${of.issuer}/token`, {
        method: "POST",
        headers: { authorization, "x-relayed": "1", "content-type": "application/x-www-form-urlencoded" },
        body: Buffer.concat(body),
      });
      const tokens = (await answer.json()) as { id_token: string };
      const [head = "", claims = "", signature = ""] = tokens.id_token.split(".");
      const read = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString()) as Record<string, unknown>;
      const write = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const changed = change(read(head), read(claims), signature);
      const altered = `${write(changed[0])}.${write(changed[1])}.${changed[2]}`;
      response
        .setHeader("content-type", "application/json")
        .writeHead(answer.status)
        .end(JSON.stringify({ ...tokens, id_token: altered }));
    })();
    return true;
  };
  return {
    async [Symbol.asyncDispose]() {
      of.intercept = null;
    },
  };
}
