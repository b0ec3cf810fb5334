import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LogFile } from "./LogFile.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a log keeps the newest lines in at most two files of about 10 MB", async () => {
  const log = new LogFile(join(folder, "web.log"));
  const line = "x".repeat(999_999);
  for (let i = 0; i < 35; i++) log.write(line);
  log.write("the end");
  log.close();
  expect((await readFile(log.path, "utf8")).endsWith("\nthe end\n")).toBe(true);
  expect((await stat(log.path)).size).toBeLessThan(12_000_000);
  expect((await stat(`${log.path}.1`)).size).toBeLessThan(12_000_000);
});

test("a log goes on where it was and remembers its last lines", async () => {
  const first = new LogFile(join(folder, "web.log"));
  first.write("before");
  first.close();
  const second = new LogFile(join(folder, "web.log"));
  for (let i = 0; i < 30; i++) second.write(`line ${i}`);
  second.close();
  expect(await readFile(second.path, "utf8")).toMatch(/^before\nline 0\n/);
  expect(second.last).toHaveLength(20);
  expect(second.last.at(-1)).toBe("line 29");
});

test("what is written after the end is no error and goes nowhere", async () => {
  const log = new LogFile(join(folder, "web.log"));
  log.close();
  log.write("late");
  expect(await readFile(log.path, "utf8")).toBe("");
});
