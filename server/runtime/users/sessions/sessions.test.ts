import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp } from "../testing/authApp.ts";

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
});
