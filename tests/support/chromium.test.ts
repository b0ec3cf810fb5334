import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium } from "./chromium.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chromium-"));
  await writeFile(join(folder, "google-chrome"), "");
  await chmod(join(folder, "google-chrome"), 0o755);
  await writeFile(join(folder, "chromium"), "not a program");
});
afterAll(() => rm(folder, { recursive: true }));

const find = (environment: Record<string, string>) => findChromium({ NODE_ENV: "test", ...environment });

test("the browser is found on the PATH under any of its names, programs only", () => {
  expect(find({ PATH: `/nonexistent:${folder}` })).toBe(join(folder, "google-chrome"));
});

test("CHROMIUM_PATH decides alone, also when nothing is there", () => {
  expect(find({ PATH: folder, CHROMIUM_PATH: join(folder, "google-chrome") })).toBe(join(folder, "google-chrome"));
  expect(find({ PATH: folder, CHROMIUM_PATH: join(folder, "gone") })).toBeUndefined();
});

test("a machine without a browser is told from one with it", () => {
  expect(find({ PATH: "/nonexistent" })).toBeUndefined();
});
