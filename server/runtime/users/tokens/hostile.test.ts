import { randomBytes } from "node:crypto";
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type AuthApp, authApp, type Person } from "../testing/authApp.ts";

let on: AuthApp;
let person: Person;
let good: string;
let session: string;
let elsewhere: AuthApp;
beforeAll(async () => {
  const keys = [{ id: "test", key: randomBytes(32).toString("base64url") }];
  const encryption = { current: "test", keys };
  [on, elsewhere] = await Promise.all([
    authApp(undefined, { encryption }),
    authApp(undefined, { encryption, id: "elsewhere" }),
  ]);
  person = await on.person();
  ({ accessToken: good, session } = await on.signedIn(person));
});
afterAll(() => Promise.all([on[Symbol.asyncDispose](), elsewhere[Symbol.asyncDispose]()]));

const notes = (token: string) => on.send("GET", "/rest/v1/notes", { token });
const part = (token: string, at: number) =>
  JSON.parse(Buffer.from(token.split(".")[at] ?? "", "base64url").toString("utf8"));
const packed = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** What is known of keys is a minute old at most; of one that nobody knows, three seconds. By a clock that runs ahead. */
async function later(ms: number, work: () => Promise<void>): Promise<void> {
  const now = performance.now();
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.advanceTimersByTime(now + ms);
  try {
    await work();
  } finally {
    vi.useRealTimers();
  }
}

async function signedBy(key: Parameters<SignJWT["sign"]>[0], header: object = {}, claims: object = {}) {
  return new SignJWT({ ...part(good, 1), ...claims }).setProtectedHeader({ ...part(good, 0), ...header }).sign(key);
}

describe("no token is taken that", () => {
  const refused = async (token: string) => {
    const { status, body } = await notes(token);
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
  };

  test("is not signed", () => refused(new UnsecuredJWT(part(good, 1)).encode()));

  test("says that it is not, with the signature of one that was", () => {
    const [, payload, signature] = good.split(".");
    return refused(`${packed({ ...part(good, 0), alg: "none" })}.${payload}.${signature}`);
  });

  test("another key has signed, under the name of ours", async () => {
    const { privateKey } = await generateKeyPair("ES256");
    await refused(await signedBy(privateKey));
    await refused(await signedBy(privateKey, { kid: "other" }));
  });

  test("the public key has signed as if it were a shared secret", async () => {
    const { body } = await on.send("GET", "/auth/jwks");
    for (const secret of [JSON.stringify(body.keys[0]), body.keys[0].x, ""]) {
      const bytes = new TextEncoder().encode(secret || "x");
      await refused(await signedBy(bytes, { alg: "HS256" }));
    }
  });

  test("brings its own key, or says where to fetch it", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = await crypto.subtle.exportKey("jwk", publicKey);
    await refused(await signedBy(privateKey, { jwk }));
    await refused(await signedBy(privateKey, { jku: "https://evil.example/jwks", kid: "x" }));
  });

  test.each(["roles", "sub", "sid", "exp", "aud"])("was altered in %s", (claim) => {
    const [header, , signature] = good.split(".");
    const altered = { ...part(good, 1), [claim]: claim === "exp" ? 9_999_999_999 : ["admin"] };
    return refused(`${header}.${packed(altered)}.${signature}`);
  });

  test("another environment has signed", async () => {
    const theirs = await elsewhere.signedIn(await elsewhere.person());
    await refused(theirs.accessToken);
    expect((await elsewhere.send("GET", "/rest/v1/notes", { token: good })).status).toBe(401);
  });

  test("is meant for another environment, though the keys are the same", async () => {
    const theirs = await elsewhere.signedIn(await elsewhere.person());
    const [row] = await elsewhere.app.sql`select id, public_jwk::text, private_jwk from gantry_signing_keys`;
    const [id, publicJwk, privateJwk] = [row?.id, row?.public_jwk, row?.private_jwk];
    await on.app.sql`
      insert into gantry_signing_keys (id, public_jwk, private_jwk) values (${id}, ${publicJwk}::jsonb, ${privateJwk})`;
    await later(4_000, async () => {
      await refused(theirs.accessToken);
      const kids = (await on.send("GET", "/auth/jwks")).body.keys.map(({ kid }: { kid: string }) => kid);
      expect(kids).toContain(part(theirs.accessToken, 0).kid);
    });
    await on.app.sql`delete from gantry_signing_keys where id = ${id}`;
  });

  test("is cut off, or is none at all", async () => {
    for (const token of [
      good.slice(0, -1),
      good.slice(0, 40),
      "eyJ",
      "eyJ.eyJ.eyJ",
      `eyJ${"a".repeat(9000)}`,
      `${good}.x`,
    ]) {
      await refused(token);
    }
  });

  test("is a refresh token", async () => {
    const { refreshToken } = await on.signedIn(person);
    await refused(refreshToken);
  });

  test("was good until now", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 15 * 60_000 + 1000 });
    try {
      const { status, body } = await notes(good);
      expect(status).toBe(401);
      expect(body.detail).toContain("expired");
    } finally {
      vi.useRealTimers();
    }
    expect((await notes(good)).status).toBe(200);
  });
});

test("a token is good for the last of its seconds", async () => {
  const { exp } = part(good, 1);
  const at = async (now: number) => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    try {
      return (await notes(good)).status;
    } finally {
      vi.useRealTimers();
    }
  };
  expect(await at(1000 * exp - 1)).toBe(200);
  expect(await at(1000 * exp)).toBe(401);
});

test("a token does not name somebody else to act as", async () => {
  const headers = { "gantry-act-as": JSON.stringify({ roles: ["admin"] }) };
  expect((await on.send("GET", "/rest/v1/notes", { token: good, headers })).body.code).toBe("forbidden");
});

describe("keys", () => {
  test("are replaced at once when they must be; sessions go on", async () => {
    const tokens = await on.signedIn(person);
    expect((await notes(tokens.accessToken)).status).toBe(200);
    expect((await on.auth("keys/rotate", {})).status).toBe(401);
    expect((await on.auth("keys/rotate", {}, on.app.key)).status).toBe(204);
    expect((await notes(tokens.accessToken)).status).toBe(401);
    const { body } = await on.auth("refresh", { refreshToken: tokens.refreshToken });
    expect((await notes(body.accessToken)).status).toBe(200);
  });

  test("are nowhere in the clear", async () => {
    const rows = await on.app.sql`select private_jwk from gantry_signing_keys`;
    for (const { private_jwk } of rows) expect(private_jwk).toMatch(/^v1\.test\./);
    const [row] = await on.app.sql`select seed from gantry_sessions where id = ${session}`;
    expect(row?.seed).toMatch(/^v1\.test\./);
  });

  test("follow each other: the next is published before it signs, the last one after", async () => {
    await using on = await authApp();
    const person = await on.person();
    const { accessToken } = await on.signedIn(person);
    const kids = async () => (await on.send("GET", "/auth/jwks")).body.keys.map(({ kid }: { kid: string }) => kid);
    const [first] = await kids();
    await on.app.sql`update gantry_signing_keys set signs_from = now() - interval '29 days 23 hours'`;
    await later(122_000, async () => {
      const both = await kids();
      expect(both).toHaveLength(2);
      expect(both).toContain(first);
      expect(part((await on.signedIn(person)).accessToken, 0).kid).toBe(first);
    });
    await on.app.sql`update gantry_signing_keys set signs_from = now() where id <> ${first}`;
    await later(183_000, async () => {
      const next = part((await on.signedIn(person)).accessToken, 0).kid;
      expect(next).not.toBe(first);
      expect(await kids()).toEqual([next, first]);
      expect((await on.send("GET", "/auth/me", { token: accessToken })).status).toBe(200);
      expect((await on.signedIn(person)).account.id).toBe(person.account);
    });
    await on.app.sql`update gantry_signing_keys set signs_from = now() - interval '61 minutes' where id <> ${first}`;
    await later(244_000, async () => expect(await kids()).not.toContain(first));
  });
});
