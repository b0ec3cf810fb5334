import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type AuthApp, authApp, goodPassword, type Person } from "./testing/authApp.ts";

/** The client as its users have it: fetched from the app, imported, and used over HTTP. */
let on: AuthApp;
let folder: string;
// biome-ignore lint/suspicious/noExplicitAny: its types are checked by lib/codegen/sdk; here it runs
let client: any;
let person: Person;
let asked: string[];

beforeAll(async () => {
  on = await authApp();
  folder = await mkdtemp(join(tmpdir(), "gantry-auth-sdk-"));
  const file = join(folder, "gantry.ts");
  await writeFile(file, await (await on.app.fetch("/sdk.ts")).text());
  client = await import(file);
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  person = await on.person();
  asked = [];
});

const counting: typeof fetch = (input, init) => {
  asked.push(new URL(String(input)).pathname.replace("/apps/served", ""));
  return fetch(input, init);
};
const app = () => ({ url: on.app.url, fetch: counting });
const signIn = { device: "a test", password: goodPassword };

/** The client's tokens are out of date by its own clock, which the server does not share. */
async function later(work: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 14 * 60_000 + 31_000 });
  try {
    await work();
  } finally {
    vi.useRealTimers();
  }
}

test("asks as whoever is signed in, and as nobody before and after", async () => {
  const auth = new client.Auth(app());
  expect(await auth.account()).toBeNull();
  await expect(client.people.list(auth.app)).rejects.toMatchObject({ name: "Refusal" });
  const result = await auth.signIn({ ...signIn, email: person.email });
  expect(result).toMatchObject({ kind: "signedIn", account: { email: person.email, userId: person.user } });
  const { data } = await client.people.list(auth.app);
  expect(data).toMatchObject([{ id: person.user }]);
  expect(await auth.sessions()).toMatchObject([{ device: "a test", isCurrent: true }]);
  await auth.signOut();
  expect(await auth.account()).toBeNull();
  await expect(client.people.list(auth.app)).rejects.toMatchObject({ name: "Refusal" });
});

test("fetches one new token however many ask at once", async () => {
  const auth = new client.Auth(app());
  await auth.signIn({ ...signIn, email: person.email });
  await later(async () => {
    await Promise.all(Array.from({ length: 8 }, () => client.notes.list(auth.app)));
  });
  expect(asked.filter((path) => path === "/auth/refresh")).toHaveLength(1);
});

test("goes on from what was kept, and shares it with another page", async () => {
  let kept: unknown = null;
  const save = (tokens: unknown) => {
    kept = tokens;
  };
  const store = { load: () => kept, save };
  const first = new client.Auth(app(), { store });
  await first.signIn({ ...signIn, email: person.email });
  const [one, other] = [new client.Auth(app(), { store }), new client.Auth(app(), { store })];
  expect(await one.account()).toMatchObject({ email: person.email });
  // Both find the same refresh token; the app gives both the same successor.
  await Promise.all([client.notes.list(one.app), client.notes.list(other.app)]);
  await client.notes.list(first.app);
  expect(
    await on.app.sql`select 1 from gantry_sessions where account = ${person.account} and revoked_at is null`,
  ).toHaveLength(1);
});

test("tells when a session has ended elsewhere, and keeps its tokens while the app is away", async () => {
  let ended = 0;
  let isAway = false;
  const fetchOrNot: typeof fetch = (input, init) =>
    isAway ? Promise.reject(new TypeError("away")) : counting(input, init);
  const auth = new client.Auth({ url: on.app.url, fetch: fetchOrNot }, { onEnd: () => (ended += 1) });
  await auth.signIn({ ...signIn, email: person.email });
  await later(async () => {
    isAway = true;
    await expect(client.notes.list(auth.app)).rejects.toThrow("away");
    isAway = false;
    await client.notes.list(auth.app);
  });
  expect(ended).toBe(0);
  await on.app.sql`update gantry_sessions set revoked_at = now() where account = ${person.account}`;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30 * 60_000 });
  try {
    await expect(client.people.list(auth.app)).rejects.toMatchObject({ status: 401 });
  } finally {
    vi.useRealTimers();
  }
  expect(ended).toBe(1);
  expect(await auth.account()).toBeNull();
});
