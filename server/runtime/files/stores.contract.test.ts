import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ArrivedFile, FileStore } from "./FileStore.ts";
import { folderStore } from "./folderStore.ts";
import { s3Store } from "./s3Store.ts";
import { type S3Server, startS3Server } from "./testing/s3Server.ts";

let folder: string;
let s3: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-files-"));
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function arrived(content: Buffer): Promise<ArrivedFile> {
  const path = join(folder, randomBytes(8).toString("hex"));
  await writeFile(path, content);
  return { path, size: content.length, checksum: createHash("sha256").update(content).digest("hex") };
}

async function contentOf(store: FileStore, ...asked: Parameters<FileStore["get"]>): Promise<Buffer | null> {
  const stream = await store.get(...asked);
  return stream && (await buffer(stream));
}

const stores: readonly (readonly [string, () => FileStore])[] = [
  ["a folder", () => folderStore(join(folder, "kept"))],
  ["S3-compatible storage", () => s3Store(s3.options)],
];

describe.each(stores)("%s", (_, open) => {
  test("gives back what it was given, as a whole and in part", async () => {
    const store = open();
    const content = randomBytes(300_000);
    await store.put("env/whole", await arrived(content));
    expect(await contentOf(store, "env/whole")).toEqual(content);
    expect(await contentOf(store, "env/whole", { start: 5, end: 9 })).toEqual(content.subarray(5, 10));
    await store.put("env/empty", await arrived(Buffer.alloc(0)));
    expect(await contentOf(store, "env/empty")).toEqual(Buffer.alloc(0));
  });

  test("puts a new content in the place of the old one", async () => {
    const store = open();
    await store.put("env/again", await arrived(Buffer.from("one")));
    await store.put("env/again", await arrived(Buffer.from("two")));
    expect(String(await contentOf(store, "env/again"))).toBe("two");
  });

  test("deletes, also what is not there", async () => {
    const store = open();
    await store.put("env/gone", await arrived(Buffer.from("x")));
    await store.delete("env/gone");
    await store.delete("env/gone");
    expect(await contentOf(store, "env/gone")).toBeNull();
  });

  test("deletes a folder with all that is in it, and nothing beside it", async () => {
    const store = open();
    for (const key of ["one/a", "one/b/c", "one-more/a"]) await store.put(key, await arrived(Buffer.from(key)));
    await store.deleteFolder("one");
    await store.deleteFolder("one");
    expect(await contentOf(store, "one/a")).toBeNull();
    expect(await contentOf(store, "one/b/c")).toBeNull();
    expect(String(await contentOf(store, "one-more/a"))).toBe("one-more/a");
  });

  test("tells how much is in a folder", async () => {
    const store = open();
    expect(await store.sizeOf("sized")).toBe(0);
    for (const [key, size] of [
      ["sized/a", 3],
      ["sized/b/c", 1200],
      ["sized-more/a", 9],
    ] as const) {
      await store.put(key, await arrived(Buffer.alloc(size)));
    }
    expect(await store.sizeOf("sized")).toBe(1203);
  });

  test("shows nothing of what did not arrive", async () => {
    const store = open();
    const missing = { path: join(folder, "missing"), size: 5, checksum: "0".repeat(64) };
    await expect(store.put("env/broken", missing)).rejects.toThrow();
    expect(await contentOf(store, "env/broken")).toBeNull();
  });
});

test("S3 refuses wrong secrets and altered contents, which is told without them", async () => {
  const wrong = s3Store({ ...s3.options, secretAccessKey: "wrong" });
  const refused = await wrong.put("env/x", await arrived(Buffer.from("x"))).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "unavailable", message: expect.not.stringContaining("wrong") });
  const altered = { ...(await arrived(Buffer.from("x"))), checksum: "0".repeat(64) };
  await expect(s3Store(s3.options).put("env/x", altered)).rejects.toMatchObject({ code: "unavailable" });
  expect(s3.objects.has("/files/env/x")).toBe(false);
});

test("a folder takes no key that leads out of it", async () => {
  const store = folderStore(join(folder, "kept"));
  for (const key of ["../x", "a/../x", "/x", "a//b", ""]) await expect(store.delete(key)).rejects.toThrow("no key");
  expect(await readdir(folder)).not.toContain("x");
});
