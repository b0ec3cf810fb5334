import { afterAll, beforeAll, expect, test } from "vitest";
import { type SalesApp, salesApp } from "../testing/salesApp.ts";

/** Guarantee: a browser gets GraphiQL from the runtime alone, and learns nothing of the app before it has shown a key. */

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

test("a browser gets the page without a key, and no name of the app in it", async () => {
  const response = await app.fetch("/graphql", { headers: { accept: browser, authorization: "" } });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).not.toContain("http");
  const text = await response.text();
  expect(text.toLowerCase()).not.toContain("deal");
  expect(text).not.toContain("://");
});

test("whoever brings an operation gets its answer, whatever else is accepted", async () => {
  const query = `?${new URLSearchParams({ query: "{ __typename }" })}`;
  const asked = await app.fetch(`/graphql${query}`, { headers: { accept: browser } });
  expect(await asked.json()).toEqual({ data: { __typename: "Query" } });
  const closed = await app.fetch(`/graphql${query}`, { headers: { accept: browser, authorization: "" } });
  expect(closed.status).toBe(401);
  await closed.body?.cancel();
  const program = await app.fetch("/graphql", { headers: { accept: "application/json, text/html;q=0.5" } });
  expect([program.status, program.headers.get("content-type")]).toEqual([400, "application/json; charset=utf-8"]);
  await program.body?.cancel();
});

test.each([
  ["explorer.js", "text/javascript; charset=utf-8", "renderYogaGraphiQL"],
  ["explorer.css", "text/css; charset=utf-8", "#explorer"],
  ["graphiql.js", "text/javascript; charset=utf-8", "YogaGraphiQL"],
  ["graphiql.css", "text/css; charset=utf-8", ".graphiql-container"],
  ["graphql.worker.js", "text/javascript; charset=utf-8", "self"],
])("%s is served from here, packed or not", async (name, type, part) => {
  for (const encoding of ["gzip", "identity"]) {
    const headers = { authorization: "", "accept-encoding": encoding };
    const response = await app.fetch(`/graphql/explorer/${name}`, { headers });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    const kept = name.startsWith("explorer") ? "no-cache" : "public, max-age=86400";
    expect(response.headers.get("cache-control")).toBe(kept);
    expect(await response.text()).toContain(part);
  }
});

test.each(["none.js", "__proto__", "../explorerRoute.ts", ""])("there is no %j", async (name) => {
  const response = await app.fetch(`/graphql/explorer/${encodeURIComponent(name)}`);
  expect(response.status).toBe(404);
  await response.body?.cancel();
});
