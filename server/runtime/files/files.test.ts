import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, type TestRuntime, testKey, testRuntime } from "../host/testing/testRuntime.ts";

const model: Model = {
  app: { name: "Papers" },
  resources: [
    resource("Paper", {
      plural: "papers",
      attributes: [
        attribute("title", { type: { kind: "text" } }),
        attribute("scan", { type: { kind: "file" }, required: true }),
        attribute("photo", { type: { kind: "file", maxSize: 1000, mediaTypes: ["image/*"] } }),
      ],
    }),
    resource("Note", {
      plural: "notes",
      actions: ["read", "create"],
      attributes: [attribute("scan", { type: { kind: "file" } })],
    }),
  ],
};

let tables: ModelDatabase;
let runtime: TestRuntime;

beforeAll(async () => {
  tables = await modelDatabase(model);
  runtime = await testRuntime();
  await runtime.put(aSpec(model, { databaseUrl: tables.url }));
});
afterAll(async () => {
  await runtime[Symbol.asyncDispose]();
  await tables[Symbol.asyncDispose]();
});

const address = (path: string) => `http://127.0.0.1:${runtime.runtime.port}/apps/one${path}`;

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(address(path), { ...init, headers: { "x-api-key": testKey, ...init.headers } });
}

async function paper(): Promise<string> {
  const headers = { "content-type": "application/json" };
  const response = await ask("/rest/v1/papers", { method: "POST", headers, body: '{"title":"a"}' });
  return ((await response.json()) as { id: string }).id;
}

async function upload(path: string, content: Buffer | string, headers: Record<string, string> = {}) {
  const body = typeof content === "string" ? content : new Uint8Array(content);
  const response = await ask(path, { method: "PUT", headers: { "content-type": "image/png", ...headers }, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const contents = async () => readdir(join(runtime.stateFolder, "files", "one")).catch(() => []);

test("a content goes in, is told of, and comes back as it was, to be saved", async () => {
  const path = `/rest/v1/papers/${await paper()}/scan`;
  expect((await ask(path)).status).toBe(404);
  const content = randomBytes(200_000);
  const disposition = `attachment; filename="../../ä.html"; filename*=UTF-8''..%2Fb%C3%A4r.html`;
  const put = await upload(`${path}`, content, {
    "content-type": "text/html; charset=utf-8",
    "content-disposition": disposition,
  });
  const shown = { name: "bär.html", size: 200_000, mediaType: "text/html", url: path };
  expect(put).toEqual({ status: 200, body: shown });
  const record = (await (await ask(path.replace("/scan", ""))).json()) as object;
  expect(record).toMatchObject({ scan: shown, photo: null });

  const got = await ask(path);
  expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    "content-type": "text/html",
    "content-length": "200000",
    "content-disposition": `attachment; filename="b_r.html"; filename*=UTF-8''b%C3%A4r.html`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "no-store",
  });
  const part = await ask(path, { headers: { range: "bytes=10-19" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 10-19/200000"]);
  expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(10, 20))).toBe(true);
  expect((await ask(path, { headers: { "if-none-match": got.headers.get("etag") ?? "" } })).status).toBe(304);
  const head = await ask(path, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, "200000"]);
});

test("a new content takes the place of the old one, which is deleted; DELETE empties", async () => {
  const path = `/rest/v1/papers/${await paper()}/photo`;
  const before = await contents();
  await upload(path, "one");
  expect(await contents()).toHaveLength(before.length + 1);
  expect((await upload(`${path}?name=two.png`, "two")).body).toMatchObject({ name: "two.png", size: 3 });
  expect(await (await ask(path)).text()).toBe("two");
  expect(await contents()).toHaveLength(before.length + 1);
  expect((await ask(path, { method: "DELETE" })).status).toBe(204);
  expect([(await ask(path)).status, await contents()]).toEqual([404, before]);
});

test("limits hold while the content arrives, and nothing stays of what is refused", async () => {
  const path = `/rest/v1/papers/${await paper()}/photo`;
  const before = await contents();
  expect(await upload(path, "x".repeat(1001))).toMatchObject({ status: 413 });
  const chunks = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(600));
    },
  });
  const init = { method: "PUT", headers: { "content-type": "image/png" }, body: chunks, duplex: "half" } as RequestInit;
  const endless = await ask(path, init).catch(() => null);
  if (endless) expect(endless.status).toBe(413);
  expect(await upload(path, "x", { "content-type": "text/html" })).toMatchObject({ status: 415 });
  expect(await upload(path.replace("photo", "scan"), "x", { "content-type": "nonsense" })).toMatchObject({
    status: 415,
  });
  expect([(await ask(path)).status, await contents()]).toEqual([404, before]);
});

test("an upload that breaks off leaves nothing, and the content before stays", async () => {
  const path = `/rest/v1/papers/${await paper()}/scan`;
  await upload(path, "whole");
  const before = await contents();
  const headers = { "x-api-key": testKey, "content-type": "image/png", "content-length": "1000000" };
  const sending = request(address(path), { method: "PUT", headers });
  const closed = Promise.withResolvers<void>();
  sending.on("error", () => {});
  sending.on("close", () => closed.resolve());
  sending.write(Buffer.alloc(100_000), () => sending.destroy());
  await closed.promise;
  expect(await (await ask(path)).text()).toBe("whole");
  expect(await contents()).toEqual(before);
});

test("whoever may not read or change the record has nothing to do with its files", async () => {
  const path = `/rest/v1/papers/${await paper()}/scan`;
  await upload(path, "secret");
  for (const method of ["GET", "PUT", "DELETE"]) {
    const init = method === "PUT" ? { method, body: "x" } : { method };
    expect((await fetch(address(path), init)).status).toBe(401);
  }
  const before = await contents();
  const unknown = "/rest/v1/papers/0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e/scan";
  expect([(await ask(unknown)).status, (await upload(unknown, "x")).status]).toEqual([404, 404]);
  expect((await upload("/rest/v1/papers/x/scan", "x")).status).toBe(404);
  expect(await contents()).toEqual(before);
  const closed = await ask("/rest/v1/notes/0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e/scan", { method: "PUT", body: "x" });
  expect([closed.status, closed.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
});

test("as JSON a content can neither be given nor forged; its facts can be filtered by and asked for", async () => {
  const id = await paper();
  await upload(`/rest/v1/papers/${id}/scan`, "12345", { "content-type": "image/webp" });
  const headers = { "content-type": "application/json" };
  const forged = await ask(`/rest/v1/papers/${id}`, { method: "PATCH", headers, body: '{"scan":{"key":"x"}}' });
  expect([forged.status, ((await forged.json()) as { errors: object[] }).errors]).toMatchObject([
    422,
    [{ field: "scan", rule: "readOnly" }],
  ]);
  const listed = await ask(
    "/rest/v1/papers?filter[scan.size][eq]=5&filter[scan.mediaType][eq]=image/webp&fields=title",
  );
  expect(((await listed.json()) as { data: object[] }).data).toHaveLength(1);
  const query = `{ papers(filter: { scan: { size: { lt: 6 }, mediaType: { eq: "image/webp" } } }) { nodes { scan { url size } } } }`;
  const graphql = await ask("/graphql", { method: "POST", headers, body: JSON.stringify({ query }) });
  expect(await graphql.json()).toEqual({
    data: { papers: { nodes: [{ scan: { url: `/rest/v1/papers/${id}/scan`, size: 5 } }] } },
  });
});

test("a content that belongs to another environment, as after a restore, is shown and never deleted", async () => {
  const id = await paper();
  const path = `/rest/v1/papers/${id}/scan`;
  await upload(path, "of another");
  const folder = join(runtime.stateFolder, "files", "other");
  await mkdir(folder, { recursive: true });
  for (const each of await contents())
    await copyFile(join(runtime.stateFolder, "files", "one", each), join(folder, each));
  await tables.sql`update public.papers set scan = jsonb_set(scan, '{key}', to_jsonb(replace(scan->>'key', 'one/', 'other/')))
    where id = ${id}`;
  expect(await (await ask(path)).text()).toBe("of another");
  const before = await readdir(folder);
  await upload(path, "of one's own");
  expect(await (await ask(path)).text()).toBe("of one's own");
  expect(await readdir(folder)).toEqual(before);
});
