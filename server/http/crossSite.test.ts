import { readdir } from "node:fs/promises";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessions } from "#db/schema/sessions.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { tablesByName } from "#tests/support/filledTables.ts";
import { sessionCookie } from "../auth/sessionCookie.ts";

/**
 * How a route that changes something knows that it was not made to by another site. `origin`: it takes the browser's
 * cookie and asks where the request comes from. `credential`: it takes no cookie but what only its caller knows.
 * `vouched`: whoever sends it signed it. `report`: it writes a line into the log, for whoever asks, so many times.
 */
type Guard = "origin" | "credential" | "vouched" | "report";

/** Every route that takes POST, PUT, PATCH or DELETE, with parts of its address. */
const changing: Readonly<
  Record<string, { readonly guard: Guard; readonly params?: Readonly<Record<string, unknown>> }>
> = {
  "api/auth/[...nextauth]": { guard: "origin", params: { nextauth: ["callback", "credentials"] } },
  "api/csp-reports": { guard: "report" },
  "api/inngest": { guard: "vouched" },
  "api/scim/v2/[[...path]]": { guard: "credential", params: { path: ["Users"] } },
  "api/sso/saml/[connection]/acs": { guard: "vouched", params: { connection: crypto.randomUUID() } },
  "api/stripe/webhook": { guard: "vouched" },
  "api/telemetry/v1/[signal]": { guard: "credential", params: { signal: "logs" } },
  "api/trpc/[trpc]": { guard: "origin", params: { trpc: "organisations.create" } },
  "api/uploads": { guard: "origin" },
  "api/v1/[...path]": { guard: "credential", params: { path: ["organisations", "ada", "projects"] } },
  "git/[...path]": { guard: "credential", params: { path: ["ada", "engine.git", "git-receive-pack"] } },
};

/** Whatever the other site can make a browser send: forms and plain requests, with the cookies of whoever is signed in. */
const origins: readonly Readonly<Record<string, string>>[] = [
  { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  { origin: "null", "sec-fetch-site": "cross-site" },
  { origin: "https://apps.gantry.example", "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "none" },
  { origin: "https://evil.example" },
  { origin: "http://localhost:3000.evil.example" },
];
const bodies = ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/octet-stream"];
const methods = ["POST", "PUT", "PATCH", "DELETE"] as const;

type Handler = (request: NextRequest, context: { readonly params: Promise<unknown> }) => Promise<Response>;
type Route = Readonly<Partial<Record<(typeof methods)[number], Handler>>>;

const app = new URL("../../app/", import.meta.url);
const load = async (route: string) => (await import(new URL(`${route}/route.ts`, app).href)) as Route;

let plane: TestControlPlane;
let cookie: string;
beforeAll(async () => {
  plane = await testControlPlane();
  const { user } = await plane.person("Ada");
  const expiresAt = new Date(Date.now() + 3_600_000);
  const [session] = await plane.db
    .insert(sessions)
    .values({ userId: user.id, method: "password", expiresAt })
    .returning();
  const written = await sessionCookie({ id: session?.id ?? "", userId: user.id });
  cookie = written.split(";")[0] ?? "";
});
afterAll(() => plane[Symbol.asyncDispose]());

/** How many rows each table has, but for the counters of tries and what was noted of a refusal. */
async function allRows(): Promise<Record<string, number>> {
  const counted = [...tablesByName]
    .filter(([name]) => name !== "rate_limits" && name !== "sessions")
    .map(async ([name, table]) => [name, await plane.db.$count(table)] as const);
  return Object.fromEntries(await Promise.all(counted));
}

test("every route that changes something is known, and how it is guarded", async () => {
  const files = (await readdir(app, { recursive: true })).filter((file) => file.endsWith("route.ts"));
  const found: string[] = [];
  for (const file of files) {
    const route = file.replace(/\/route\.ts$/, "");
    const loaded = await load(route);
    if (methods.some((method) => loaded[method])) found.push(route);
  }
  expect(found.sort()).toEqual(Object.keys(changing).sort());
});

describe.each(Object.entries(changing))("%s", (route, { guard, params = {} }) => {
  test("does nothing for another site, whatever it sends", async () => {
    const loaded = await load(route);
    const before = await allRows();
    for (const method of methods) {
      const handle = loaded[method];
      if (!handle) continue;
      for (const from of origins) {
        for (const type of bodies) {
          const headers = { ...from, cookie, "content-type": type, host: "localhost:3000" };
          const body = type === "application/json" ? '{"json":{"name":"Taken"}}' : "name=Taken";
          const address = `http://localhost:3000/${route.replaceAll(/\[+(?:\.\.\.)?(\w+)\]+/g, (_, name: string) => [params[name]].flat().join("/"))}`;
          const answer = await handle(new NextRequest(address, { method, headers, body }), {
            params: Promise.resolve(params),
          });
          const told = `${method} ${JSON.stringify(from)} ${type} ${answer.status}`;
          const cookies = answer.headers.getSetCookie().join(" ");
          expect(cookies, told).not.toMatch(/session-token=[^;]/);
          if (guard === "origin") expect([403, 415], told).toContain(answer.status);
          if (guard === "credential") expect([401, 403, 404, 405, 429], told).toContain(answer.status);
          if (guard === "vouched") expect(answer.status >= 300, told).toBe(true);
        }
      }
    }
    expect(await allRows()).toEqual(before);
  });
});

test("the same cookie opens what our own page sends", async () => {
  const { POST } = await load("api/trpc/[trpc]");
  const headers = { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const body = '{"json":{"name":"Made by Ada"}}';
  const request = new NextRequest("http://localhost:3000/api/trpc/organisations.create", {
    method: "POST",
    headers,
    body,
  });
  const answer = await POST?.(request, { params: Promise.resolve({ trpc: "organisations.create" }) });
  expect(answer?.status).toBe(200);
});
