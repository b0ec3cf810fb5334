import { readdir, readFile, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionUser } from "#server/access/Principal.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { signedIn } from "#tests/support/signedIn.ts";
import { handleUpload } from "./handler.ts";
import { largestUpload, removeUpload, uploadPath } from "./service.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

async function send(
  user: SessionUser | null,
  body: BodyInit | null,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
) {
  const signed = user && (await signedIn(plane.db, user));
  const request = new Request("http://localhost:3000/api/uploads", {
    method: "POST",
    headers: {
      "content-type": "application/octet-stream",
      ...(signed && { cookie: signed.cookie }),
      ...headers,
    },
    body,
    signal,
    duplex: "half",
  } as RequestInit);
  return await handleUpload(request);
}

const uploadIdOf = async (response: Response) => ((await response.json()) as { uploadId: string }).uploadId;

test("a file is kept for whoever sent it, for nobody else, until it is removed", async () => {
  const { user: ada } = await plane.person("Ada");
  const { user: eve } = await plane.person("Eve");
  const sent = await send(ada, "create table t ();");
  expect(sent.status).toBe(201);
  const uploadId = await uploadIdOf(sent);
  const path = await uploadPath(uploadId, ada.id);
  expect(await readFile(path, "utf8")).toBe("create table t ();");
  await expect(uploadPath(uploadId, eve.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(uploadPath(`../${ada.id}/${uploadId}`, eve.id)).rejects.toMatchObject({ code: "not_found" });
  await removeUpload(uploadId, eve.id);
  await uploadPath(uploadId, ada.id);
  await removeUpload(uploadId, ada.id);
  await removeUpload(uploadId, ada.id);
  await expect(uploadPath(uploadId, ada.id)).rejects.toMatchObject({ code: "not_found" });
});

test("what is too large is refused, declared or streamed, and leaves nothing behind", async () => {
  const { user } = await plane.person("Grace");
  const declared = await send(user, "x", { "content-length": String(largestUpload + 1) });
  expect(declared.status).toBe(413);
  const chunk = new Uint8Array(1024 * 1024);
  let sent = 0;
  const streamed = await send(
    user,
    new ReadableStream({
      pull(controller) {
        sent += chunk.byteLength;
        if (sent > largestUpload + 8 * chunk.byteLength) controller.close();
        else controller.enqueue(chunk);
      },
    }),
  );
  expect(streamed.status).toBe(413);
  expect(await streamed.json()).toMatchObject({ code: "payload_too_large", detail: "Send at most 100 MB." });
  const kept = await send(user, "select 1;");
  const folder = dirname(await uploadPath(await uploadIdOf(kept), user.id));
  expect(await readdir(folder)).toHaveLength(1);
});

test("a stream that breaks off leaves nothing behind", async () => {
  const { user } = await plane.person("Barbara");
  const first = await send(user, "select 1;");
  const folder = dirname(await uploadPath(await uploadIdOf(first), user.id));
  const connection = new AbortController();
  const broken = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(10)),
    pull(controller) {
      connection.abort();
      controller.error(connection.signal.reason);
    },
  });
  expect((await send(user, broken, {}, connection.signal)).status).toBe(499);
  expect(await readdir(folder)).toHaveLength(1);
});

test("files are bounded in number, and make room after a day", async () => {
  const { user } = await plane.person("Radia");
  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push(await uploadIdOf(await send(user, `select ${n};`)));
  expect((await send(user, "select 5;")).status).toBe(409);
  const [oldest = ""] = ids;
  const path = await uploadPath(oldest, user.id);
  const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
  await utimes(path, yesterday, yesterday);
  const { user: gone } = await plane.person("Gone");
  const left = await uploadPath(await uploadIdOf(await send(gone, "select 1;")), gone.id);
  await utimes(left, yesterday, yesterday);
  expect((await send(user, "select 5;")).status).toBe(201);
  expect(await readdir(dirname(path))).not.toContain(oldest);
  expect(await readdir(dirname(path))).toHaveLength(5);
  expect(await readdir(dirname(left))).toEqual([]);
});

test.each([
  ["nobody's", 401, null, {}],
  ["from another site", 403, "Ida", { origin: "https://evil.example" }],
  ["as a form", 415, "Ida", { "content-type": "text/plain" }],
])("a file that comes %s is refused with %i", async (_, status, name, headers) => {
  const user = name ? (await plane.person(`${name} ${status}`)).user : null;
  expect((await send(user, "x", headers)).status).toBe(status);
});

test("an empty file is refused", async () => {
  const { user } = await plane.person("Nil");
  expect((await send(user, "")).status).toBe(422);
  expect((await send(user, null)).status).toBe(422);
});
