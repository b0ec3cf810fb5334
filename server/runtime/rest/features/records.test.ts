import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "../testing/restClient.ts";
import { notesModel } from "./testing/notesModel.ts";

let app: ServedApp;
let rest: RestClient;
let folder: string;
let note: string;

beforeAll(async () => {
  app = await servedApp(notesModel);
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.sql`truncate folders, notes, gantry_history`;
  folder = (await rest.send("POST", "/folders", { name: "Work" })).body.id;
  const first = await rest.send("POST", "/notes", { title: "Call Ann", rank: 1, mood: "glad", folderId: folder });
  note = first.body.id;
});

describe("destroyed records that are kept", () => {
  const gone = () => rest.send("DELETE", `/notes/${note}`);

  test("are nowhere", async () => {
    expect((await gone()).status).toBe(204);
    expect((await rest.get(`/notes/${note}`)).status).toBe(404);
    expect((await rest.get("/notes?count=exact")).body).toMatchObject({ data: [], count: 0 });
    expect((await rest.get(`/folders/${folder}?include=notes`)).body.notes).toEqual([]);
    expect((await rest.get(`/folders/${folder}/notes`)).body.data).toEqual([]);
    expect((await rest.get("/folders?filter[notes.title]=Call%20Ann")).body.data).toEqual([]);
    expect((await rest.send("PATCH", `/notes/${note}`, { rank: 2 })).status).toBe(404);
    expect((await gone()).status).toBe(404);
  });

  test("are listed for who asks for them", async () => {
    await rest.send("POST", "/notes", { title: "Other", rank: 9 });
    await gone();
    expect(await rest.ids("/notes?deleted=only")).toEqual([note]);
    expect(await rest.ids("/notes?deleted=shown")).toHaveLength(2);
    const { status, body } = await rest.get("/notes?deleted=maybe");
    expect([status, body.errors[0].allowed]).toEqual([400, ["only", "shown"]]);
  });

  test("come back by restore, which is not there for others", async () => {
    expect((await rest.send("POST", `/notes/${note}/restore`)).status).toBe(404);
    await gone();
    const { status, body } = await rest.send("POST", `/notes/${note}/restore`);
    expect([status, body.title, body.deletedAt]).toEqual([200, "Call Ann", null]);
    expect((await rest.get(`/notes/${note}`)).status).toBe(200);
  });

  test("leave their unique values to others, and take them back only when they are free", async () => {
    await rest.send("DELETE", `/folders/${folder}`);
    const second = await rest.send("POST", "/folders", { name: "Work" });
    expect(second.status).toBe(201);
    const { status, body } = await rest.send("POST", `/folders/${folder}/restore`);
    expect([status, body.code]).toEqual([409, "conflict"]);
  });

  test("take along what cascades from them, and bring exactly that back", async () => {
    const other = (await rest.send("POST", "/notes", { title: "Gone before", folderId: folder })).body.id;
    await rest.send("DELETE", `/notes/${other}`);
    await rest.send("DELETE", `/folders/${folder}`);
    expect(await rest.ids("/notes")).toEqual([]);
    await rest.send("POST", `/folders/${folder}/restore`);
    expect(await rest.ids("/notes")).toEqual([note]);
  });

  test("show a to-one relationship as empty while they are gone", async () => {
    await app.sql`update folders set deleted_at = now() where id = ${folder}`;
    await app.sql`update notes set gone = null`;
    expect((await rest.get(`/notes/${note}?include=folder`)).body.folder).toBe(null);
    expect((await rest.get("/notes?filter[folder.name]=Work")).body.data).toEqual([]);
  });
});

describe("history", () => {
  const history = async (query = "") => (await rest.get(`/notes/${note}/history${query}`)).body;

  test("tells who did what when, and what it was before and after, in the model's words", async () => {
    await rest.send("PATCH", `/notes/${note}`, { mood: "sad", price: "12.50" });
    const { data, page } = await history();
    expect(page).toEqual({ next: null });
    expect(data).toMatchObject([
      {
        action: "update",
        actor: { kind: "apiKey", id: "test" },
        before: { id: note, mood: "glad", price: null, version: 1 },
        after: { id: note, mood: "sad", price: "12.50", version: 2, title: "Call Ann" },
      },
      { action: "create", before: null, after: { id: note, mood: "glad" } },
    ]);
    expect(data[0].at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test("holds nothing of changes that were refused or changed nothing", async () => {
    await rest.send("PATCH", `/notes/${note}`, { title: null });
    await rest.send("PATCH", `/notes/${note}`, {});
    expect((await history()).data).toHaveLength(1);
  });

  test("is read page by page, the newest first", async () => {
    for (const rank of [2, 3, 4]) await rest.send("PATCH", `/notes/${note}`, { rank });
    const first = await history("?page[size]=3");
    expect(first.data.map((entry: { after: { rank: number } }) => entry.after.rank)).toEqual([4, 3, 2]);
    const second = await history(`?page[size]=3&page[after]=${first.page.next}`);
    expect([second.data.length, second.page.next]).toEqual([1, null]);
  });

  test("goes on when the record is destroyed and restored, also along with another", async () => {
    await rest.send("DELETE", `/folders/${folder}`);
    await rest.send("POST", `/folders/${folder}/restore`);
    const { data } = await history();
    expect(data.map(({ action }: { action: string }) => action)).toEqual(["restore", "destroy", "create"]);
  });

  test.each([
    ["?page[after]=x", "invalid_cursor"],
    ["?page[size]=0", "invalid_request"],
    ["?sort=at", "unknown_field"],
  ])("%s is refused", async (query, code) => {
    const { status, body } = await rest.get(`/notes/${note}/history${query}`);
    expect([status, body.code]).toEqual([400, code]);
  });

  test("there is none of a record that there never was", async () => {
    expect((await rest.get(`/notes/${folder}/history`)).status).toBe(404);
  });
});

describe("timestamps and versions", () => {
  test("grow with every change, and nobody sets them", async () => {
    const before = (await rest.get(`/notes/${note}`)).body;
    const { body } = await rest.send("PATCH", `/notes/${note}`, { rank: 5 });
    expect([before.version, body.version]).toEqual([1, 2]);
    expect(before.createdAt).toBe(before.updatedAt);
    expect(body.updatedAt > body.createdAt).toBe(true);
    for (const name of ["version", "createdAt", "updatedAt", "deletedAt"]) {
      const refused = await rest.send("PATCH", `/notes/${note}`, { [name]: body[name] });
      expect([name, refused.status, refused.body.errors?.[0]?.rule]).toEqual([name, 422, "readOnly"]);
    }
  });

  const patch = (match: string | null, rank = 7) =>
    app.fetch(`/rest/v1/notes/${note}`, {
      method: "PATCH",
      headers: { "content-type": "application/json", ...(match !== null && { "if-match": match }) },
      body: JSON.stringify({ rank }),
    });

  test("an answer tells its version, and whoever has that need not read it again", async () => {
    const { headers } = await rest.get(`/notes/${note}`);
    expect(headers.get("etag")).toBe('"1"');
    const again = await app.fetch(`/rest/v1/notes/${note}`, { headers: { "if-none-match": '"1"' } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    // What comes along may have changed without the version.
    const more = await app.fetch(`/rest/v1/notes/${note}?include=folder`, { headers: { "if-none-match": '"1"' } });
    expect([more.status, more.headers.get("etag")]).toEqual([200, '"1"']);
    expect((await rest.get(`/notes/${note}?fields=title`)).headers.get("etag")).toBe(null);
  });

  test("a change tells the new version, also to whoever wants no more", async () => {
    const rank = async (prefer: string) => {
      const headers = { "content-type": "application/json", prefer };
      const body = JSON.stringify({ rank: 8 });
      const answer = await app.fetch(`/rest/v1/notes/${note}`, { method: "PATCH", headers, body });
      return [answer.status, answer.headers.get("etag")];
    };
    expect(await rank("return=representation")).toEqual([200, '"2"']);
    expect(await rank("return=minimal")).toEqual([204, '"3"']);
    const created = await app.fetch("/rest/v1/notes", {
      method: "POST",
      headers: { "content-type": "application/json", prefer: "return=minimal" },
      body: JSON.stringify({ title: "New" }),
    });
    expect([created.status, created.headers.get("etag")]).toEqual([201, '"1"']);
  });

  test("a change made from an old version is refused and changes nothing", async () => {
    const first = await patch('"1"');
    expect([first.status, first.headers.get("etag")]).toEqual([200, '"2"']);
    const late = await patch('"1"', 8);
    expect([late.status, (await late.json()).code]).toEqual([412, "version_mismatch"]);
    expect((await rest.get(`/notes/${note}`)).body).toMatchObject({ rank: 7, version: 2 });
    const destroyed = await app.fetch(`/rest/v1/notes/${note}`, { method: "DELETE", headers: { "if-match": '"1"' } });
    expect(destroyed.status).toBe(412);
    expect([(await patch("*")).status, (await patch(null)).status, (await patch("W/x")).status]).toEqual([
      200, 200, 412,
    ]);
  });

  test("of many writers from one version exactly one succeeds", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, rank) => patch('"1"', rank)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(11);
  });
});
