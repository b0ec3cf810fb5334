import { createClient } from "graphql-ws";
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type AuthApp, authApp, companyId } from "../testing/authApp.ts";
import { usersModel } from "../testing/usersModel.ts";

let on: AuthApp;
beforeAll(async () => {
  on = await authApp();
});
afterAll(() => on[Symbol.asyncDispose]());

const refresh = (refreshToken: string) => on.auth("refresh", { refreshToken });
const notes = (token: string) => on.send("GET", "/rest/v1/notes", { token });

describe("signing in", () => {
  test("gives tokens that others can check by the published keys", async () => {
    const ada = await on.person({ roles: ["member", "admin"] });
    const tokens = await on.signedIn(ada);
    const jwks = await on.send("GET", "/auth/jwks");
    expect(JSON.stringify(jwks.body)).not.toContain('"d"');
    const { payload, protectedHeader } = await jwtVerify(tokens.accessToken, createLocalJWKSet(jwks.body), {
      issuer: on.app.url,
      audience: "served",
    });
    expect(protectedHeader).toMatchObject({ alg: "ES256", typ: "at+jwt" });
    expect(payload).toMatchObject({ sub: ada.user, roles: ["member", "admin"], sid: tokens.session });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
    expect(tokens.account).toEqual({
      id: ada.account,
      userId: ada.user,
      email: ada.email,
      emailVerified: true,
      roles: ["member", "admin"],
    });
  });

  test("is told of to whoever knows the issuer of a token alone", async () => {
    const { body } = await on.send("GET", "/.well-known/openid-configuration");
    expect(body.issuer).toBe(on.app.url);
    const { accessToken } = await on.signedIn(await on.person());
    const keys = createRemoteJWKSet(new URL(body.jwks_uri));
    await jwtVerify(accessToken, keys, { issuer: body.issuer, audience: "served", typ: "at+jwt" });
    expect((await on.send("GET", "/.well-known/jwks.json")).body).toEqual((await on.send("GET", "/auth/jwks")).body);
    expect((await on.send("GET", "/.well-known/other")).status).toBe(404);
    expect((await on.send("POST", "/.well-known/jwks.json", { body: {} })).status).toBe(405);
  });

  test("makes an actor that follows its record at once", async () => {
    const person = await on.person({ level: 1 });
    const { accessToken: token } = await on.signedIn(person);
    const note = await on.send("POST", "/rest/v1/notes", { token, body: { title: "One" } });
    const change = () => on.send("PATCH", `/rest/v1/notes/${note.body.id}`, { token, body: { title: "Two" } });
    expect((await change()).status).toBe(403);
    const raised = await on.send("PATCH", `/rest/v1/people/${person.user}`, { token: on.app.key, body: { level: 5 } });
    expect(raised.status).toBe(200);
    expect((await change()).status).toBe(200);
    await on.send("DELETE", `/rest/v1/people/${person.user}`, { token: on.app.key });
    expect((await change()).status).toBe(401);
  });

  test("makes an actor with the attributes of the record", async () => {
    const [low, high] = [await on.person({ level: 1 }), await on.person({ level: 5 })];
    const [asLow, asHigh] = [await on.signedIn(low), await on.signedIn(high)];
    const made = await on.send("POST", "/rest/v1/notes", { token: asHigh.accessToken, body: { title: "One" } });
    expect(made.status).toBe(201);
    const change = (token: string) =>
      on.send("PATCH", `/rest/v1/notes/${made.body.id}`, { token, body: { title: "Two" } });
    expect((await change(asLow.accessToken)).status).toBe(403);
    expect((await change(asHigh.accessToken)).status).toBe(200);
  });
});

describe("a session", () => {
  test("goes on by refresh tokens that are used once", async () => {
    const first = await on.signedIn(await on.person());
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    const third = await refresh(second.body.refreshToken);
    expect((await notes(third.body.accessToken)).status).toBe(200);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    // The one who had the newest is out as well: which of the two was the thief is not known.
    expect((await refresh(third.body.refreshToken)).status).toBe(401);
    expect((await notes(third.body.accessToken)).status).toBe(401);
  });

  test("gives two who refresh at once the same tokens to go on with", async () => {
    const first = await on.signedIn(await on.person());
    const replies = await Promise.all(Array.from({ length: 5 }, () => refresh(first.refreshToken)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(replies.map(({ body }) => body.refreshToken)).size).toBe(1);
    const next = await refresh(replies[0]?.body.refreshToken);
    expect(next.status).toBe(200);
    // As soon as the next one was used, the one before it is nobody's any more.
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(next.body.refreshToken)).status).toBe(401);
  });

  test("ends when the token before comes long after it was used, though nobody used the next", async () => {
    const first = await on.signedIn(await on.person());
    const second = await refresh(first.refreshToken);
    await on.app.sql`update gantry_sessions set rotated_at = now() - interval '21 seconds' where id = ${first.session}`;
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.body.refreshToken)).status).toBe(401);
  });

  test("is not ended by a token that it has never given out", async () => {
    const { session, refreshToken } = await on.signedIn(await on.person());
    const proof = "A".repeat(43);
    for (const made of [`gr_${session}.0.${proof}`, `gr_${session}.7.${proof}`, "gr_", "", `${refreshToken}x`]) {
      expect((await refresh(made)).status).toBe(401);
    }
    const [, , secret = ""] = refreshToken.split(".");
    expect((await refresh(`gr_${session}.1.${secret}`)).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  test("is over after 30 days without use, and goes on with each use", async () => {
    const { session, refreshToken, refreshTokenExpiresAt } = await on.signedIn(await on.person());
    const days = (Date.parse(refreshTokenExpiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    await on.app.sql`update gantry_sessions set expires_at = now() + interval '1 minute' where id = ${session}`;
    const next = await refresh(refreshToken);
    expect(Date.parse(next.body.refreshTokenExpiresAt)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    await on.app.sql`update gantry_sessions set expires_at = now() where id = ${session}`;
    expect((await refresh(next.body.refreshToken)).status).toBe(401);
  });

  test("is ended by signing out, here and at once", async () => {
    const person = await on.person();
    const [here, there] = [await on.signedIn(person), await on.signedIn(person)];
    expect((await notes(here.accessToken)).status).toBe(200);
    expect((await on.auth("sign-out", {}, here.accessToken)).status).toBe(204);
    expect((await notes(here.accessToken)).status).toBe(401);
    expect((await refresh(here.refreshToken)).status).toBe(401);
    expect((await notes(there.accessToken)).status).toBe(200);
    expect((await on.auth("sign-out", { refreshToken: there.refreshToken })).status).toBe(204);
    expect((await notes(there.accessToken)).status).toBe(401);
    expect((await on.auth("sign-out", {})).status).toBe(401);
  });

  test("is seen in the list of sessions, and ended from another", async () => {
    const person = await on.person();
    const [one, other, third] = [await on.signedIn(person), await on.signedIn(person), await on.signedIn(person)];
    const stranger = await on.signedIn(await on.person());
    const list = async () => (await on.send("GET", "/auth/sessions", { token: one.accessToken })).body.data;
    expect(await list()).toHaveLength(3);
    expect(await list()).toContainEqual(
      expect.objectContaining({ id: one.session, isCurrent: true, methods: ["password"], address: "127.0.0.1" }),
    );
    const end = (id: string, token: string) => on.send("DELETE", `/auth/sessions/${id}`, { token });
    expect((await end(one.session, stranger.accessToken)).status).toBe(404);
    expect((await end("nonsense", one.accessToken)).status).toBe(404);
    expect((await end(other.session, one.accessToken)).status).toBe(204);
    expect((await notes(other.accessToken)).status).toBe(401);
    expect(await list()).toHaveLength(2);
    expect((await on.auth("sign-out-everywhere", {}, one.accessToken)).status).toBe(204);
    for (const { accessToken } of [one, third]) expect((await notes(accessToken)).status).toBe(401);
  });

  test("ended by another runtime is over within five seconds", async () => {
    const { accessToken, session } = await on.signedIn(await on.person());
    expect((await notes(accessToken)).status).toBe(200);
    await on.app.sql`update gantry_sessions set revoked_at = now() where id = ${session}`;
    const now = performance.now();
    vi.useFakeTimers({ toFake: ["performance"] });
    vi.advanceTimersByTime(now + 5_001);
    try {
      expect((await notes(accessToken)).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });

  test("of an account that is gone is over", async () => {
    const person = await on.person();
    const { accessToken } = await on.signedIn(person);
    await on.app.sql`delete from people where id = ${person.user}`;
    // Nothing is known of this session yet.
    expect((await notes(accessToken)).status).toBe(401);
  });

  test("ends the streams that it has open", async () => {
    const { accessToken } = await on.signedIn(await on.person());
    const response = await fetch(`${on.app.url}/events?resources=notes`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(response.status).toBe(200);
    const ended = response.text();
    await on.auth("sign-out", {}, accessToken);
    await on.app
      .sql`insert into notes (id, title, company_id) values (gen_random_uuid(), 'Told to nobody', ${companyId})`;
    expect(await ended).not.toContain("Told to nobody");
  });
});

test("GraphQL knows who asks, over HTTP as over a WebSocket", async () => {
  const person = await on.person();
  const { accessToken: token } = await on.signedIn(person);
  const query = "{ people { edges { node { id email } } } }";
  const { body } = await on.send("POST", "/graphql", { token, body: { query } });
  expect(body.data.people.edges).toEqual([{ node: { id: expect.any(String), email: person.email } }]);
  const client = createClient({
    url: `${on.app.url.replace("http", "ws")}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const results = client.iterate({ query });
  expect(await results.next()).toMatchObject({ value: { data: body.data } });
  await client.dispose();
});

test("rates of actors count people by their ids, not by their network", async () => {
  await using limited = await authApp(
    usersModel({}, { app: { api: { rateLimits: { actor: { requests: 3, seconds: 60 } } } } }),
  );
  const [one, other] = [await limited.person(), await limited.person()];
  const [asOne, asOther] = [await limited.signedIn(one), await limited.signedIn(other)];
  const statuses = async (token: string) => {
    const all: number[] = [];
    for (let at = 0; at < 4; at++) all.push((await limited.send("GET", "/rest/v1/notes", { token })).status);
    return all;
  };
  expect(await statuses(asOne.accessToken)).toEqual([200, 200, 200, 429]);
  expect(await statuses(asOther.accessToken)).toEqual([200, 200, 200, 429]);
});
