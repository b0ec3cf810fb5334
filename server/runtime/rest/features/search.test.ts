import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "../testing/restClient.ts";
import { notesModel } from "./testing/notesModel.ts";

let app: ServedApp;
let rest: RestClient;

beforeAll(async () => {
  app = await servedApp(notesModel);
  rest = restClient(app);
  for (const [title, body, rank] of [
    ["Red bicycles", "A small fast car", 1],
    ["Ledgers", "Bicycle repaired last week", 3],
    ["Empty", null, 2],
  ]) {
    await rest.send("POST", "/notes", { title, body, rank });
  }
});
afterAll(() => app[Symbol.asyncDispose]());

async function titles(query: string): Promise<readonly string[]> {
  const { body, text, status } = await rest.get(`/notes?fields=title&${query}`);
  expect(status, text).toBe(200);
  return body.data.map(({ title }: { readonly title: string }) => title);
}

test.each([
  ["bicycle", ["Ledgers", "Red bicycles"]],
  ["repairing", ["Ledgers"]],
  ["bicycle%20-repaired", ["Red bicycles"]],
  ["%22fast%20car%22", ["Red bicycles"]],
  ["empty%20or%20ledger", ["Ledgers", "Empty"]],
  ["submarine", []],
  ["%22%20%26%20%7C%20'", []],
])("search %s finds words in all fields as web search has it", async (words, found) => {
  expect(await titles(`filter[search]=${words}`)).toEqual(found);
});

test("a search stands among other conditions", async () => {
  expect(await titles("filter[not][search]=bicycle")).toEqual(["Empty"]);
  expect(await titles("filter[or][1][search]=empty&filter[or][2][rank]=3")).toEqual(["Ledgers", "Empty"]);
});

test("GraphQL searches alike", async () => {
  const query = '{ notes(filter: {search: "bicycle"}) { nodes { title } } }';
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  expect(await response.json()).toEqual({
    data: { notes: { nodes: [{ title: "Ledgers" }, { title: "Red bicycles" }] } },
  });
});

test("the database has an index that serves the search", async () => {
  const plan = await app.sql.begin(async (sql) => {
    await sql`set local enable_seqscan = off`;
    return sql`explain select 1 from notes where to_tsvector('english', coalesce(title, '') || ' ' || coalesce(body, '')) @@ websearch_to_tsquery('english', 'bicycle')`;
  });
  expect(JSON.stringify(plan)).toContain("Bitmap Index Scan on notes_title_body");
});

test("a list without an order of its own has that of the resource", async () => {
  expect(await titles("")).toEqual(["Ledgers", "Empty", "Red bicycles"]);
  expect(await titles("sort=rank")).toEqual(["Red bicycles", "Empty", "Ledgers"]);
});

test("a resource that is not searchable says what it can be filtered by", async () => {
  const { status, body } = await rest.get("/folders?filter[search]=x");
  expect([status, body.code]).toEqual([400, "unknown_field"]);
});

test("a search goes through relationships, and can be turned round", async () => {
  const folder = (await rest.send("POST", "/folders", { name: "Wheels" })).body.id;
  await rest.send("POST", "/notes", { title: "Bicycle bells", folderId: folder, rank: 9 });
  const names = async (query: string) =>
    (await rest.get(`/folders?${query}`)).body.data.map(({ name }: { readonly name: string }) => name);
  expect(await names("filter[notes.search]=bicycle")).toEqual(["Wheels"]);
  expect(await names("filter[notes.search]=submarine")).toEqual([]);
  expect(await titles("filter[not][search]=bicycle")).toEqual(["Empty"]);
  const { status, body } = await rest.get("/notes?filter[search][contains]=x");
  expect([status, body.errors[0].rule, body.errors[0].allowed]).toEqual([400, "operator", ["eq"]]);
});
