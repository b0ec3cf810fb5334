import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type S3Server, startS3Server } from "#server/runtime/files/testing/s3Server.ts";
import type { BackupStore } from "./BackupStore.ts";
import { folderBackups } from "./folderBackups.ts";
import { s3Backups } from "./s3Backups.ts";

let folder: string;
let s3: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-backups-"));
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const partSize = 5 * 1024 * 1024;
const stores: readonly (readonly [string, () => BackupStore, () => Promise<number>])[] = [
  [
    "a folder",
    () => folderBackups(join(folder, "kept")),
    async () => (await readdir(join(folder, "kept", "p"))).filter((name) => name.endsWith(".part")).length,
  ],
  [
    "S3-compatible storage",
    () => s3Backups({ ...s3.options, allowPrivate: true }, partSize),
    async () => s3.uploads.size,
  ],
];

async function contentOf(store: BackupStore, key: string): Promise<Buffer | null> {
  const found = await store.read(key);
  return found && (await buffer(Readable.from(found)));
}

function inPieces(content: Buffer, size = 70_000): AsyncIterable<Buffer> {
  const count = Math.ceil(content.length / size);
  return Readable.from(Array.from({ length: count }, (_, at) => content.subarray(at * size, (at + 1) * size)));
}

describe.each(stores)("%s", (_, open, countLeftovers) => {
  test.each([
    ["nothing", 0],
    ["less than a part", 1000],
    ["exactly a part", partSize],
    ["parts and a bit", 2 * partSize + 1],
    ["exactly two parts", 2 * partSize],
  ])("gives back what it was given: %s", async (__, size) => {
    const store = open();
    const content = randomBytes(size);
    expect(await store.write("p/whole", inPieces(content))).toBe(size);
    expect((await contentOf(store, "p/whole"))?.equals(content)).toBe(true);
    expect(await countLeftovers()).toBe(0);
  });

  test("what ends early never counts, and what was there before stays", async () => {
    const store = open();
    await store.write("p/again", inPieces(Buffer.from("before")));
    async function* broken(): AsyncGenerator<Buffer, void> {
      yield randomBytes(partSize + 1);
      yield randomBytes(partSize);
      throw new Error("The database is gone.");
    }
    await expect(store.write("p/broken", broken())).rejects.toThrow("The database is gone.");
    await expect(store.write("p/again", broken())).rejects.toThrow("The database is gone.");
    expect(await contentOf(store, "p/broken")).toBeNull();
    expect(String(await contentOf(store, "p/again"))).toBe("before");
    expect(await countLeftovers()).toBe(0);
  });

  test("removes, also what is not there", async () => {
    const store = open();
    await store.write("p/gone", inPieces(Buffer.from("x")));
    await store.remove("p/gone");
    await store.remove("p/gone");
    expect(await contentOf(store, "p/gone")).toBeNull();
  });
});

test("an upload whose process was killed goes with the removal of its backup", async () => {
  const store = s3Backups({ ...s3.options, allowPrivate: true }, partSize);
  s3.uploads.set("left", { path: "/files/p/killed", parts: new Map([[1, Buffer.from("x")]]) });
  s3.uploads.set("other", { path: "/files/p/killed-not", parts: new Map() });
  await store.remove("p/killed");
  expect([...s3.uploads.keys()]).toEqual(["other"]);
  s3.uploads.clear();
});

test("S3 refuses a wrong secret and an unknown bucket's content is not there; neither is told with the secret", async () => {
  const wrong = s3Backups({ ...s3.options, secretAccessKey: "wrong", allowPrivate: true });
  const refused = await wrong.write("p/x", inPieces(Buffer.from("x"))).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "unavailable", message: expect.stringContaining("does not take this key") });
  expect(JSON.stringify(refused)).not.toContain(s3.options.secretAccessKey);
});

test.each(["http://127.0.0.1:1", "http://localhost:1", "http://169.254.169.254", "http://[::1]:1"])(
  "the storage %s is not reached where it must not be",
  async (endpoint) => {
    const store = s3Backups({ ...s3.options, endpoint, allowPrivate: false });
    await expect(store.read("x")).rejects.toMatchObject({ code: "invalid_input" });
    const forbidden = s3Backups({ ...s3.options, endpoint: "http://169.254.169.254", allowPrivate: true });
    await expect(forbidden.read("x")).rejects.toMatchObject({ code: "invalid_input" });
  },
);

test("a full disk is told, and nothing stays", async () => {
  const path = join(folder, "kept", "p", "full");
  await symlink("/dev/full", `${path}.part`);
  const store = folderBackups(join(folder, "kept"));
  await expect(store.write("p/full", inPieces(randomBytes(1000)))).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("The disk for backups is full."),
  });
  expect(await readdir(join(folder, "kept", "p"))).not.toContain("full.part");
});

test("a folder takes no key that leads out of it", async () => {
  const store = folderBackups(join(folder, "kept"));
  for (const key of ["../x", "a/../x", "/x", "a//b", ""]) await expect(store.read(key)).rejects.toThrow("no key");
});
