import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { secretsOf } from "./database.ts";

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "secrets-"));
});
afterEach(() => rm(data, { recursive: true }));

test("secrets are made once, kept, and readable by their owner only", async () => {
  const secrets = await secretsOf(data);
  expect(await secretsOf(data)).toEqual(secrets);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  expect((await stat(join(data, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("a secret that a later version adds joins those that are there", async () => {
  const { NEXTAUTH_SECRET, ...older } = await secretsOf(data);
  await writeFile(join(data, "secrets.json"), JSON.stringify(older));
  const secrets = await secretsOf(data);
  expect(secrets).toMatchObject(older);
  expect(secrets.NEXTAUTH_SECRET).not.toBe(NEXTAUTH_SECRET);
});

test("new secrets are never made for a database that only the lost ones open", async () => {
  await mkdir(join(data, "postgres"));
  await expect(secretsOf(data)).rejects.toThrow(/secrets\.json is missing .* restore it/);
});

test("damaged secrets are left as they are", async () => {
  await writeFile(join(data, "secrets.json"), "{");
  await expect(secretsOf(data)).rejects.toThrow(/is damaged/);
  expect(await readFile(join(data, "secrets.json"), "utf8")).toBe("{");
});
