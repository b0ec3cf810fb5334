import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourceHash } from "./sourceHash.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "source-hash-"));
  await write("app/page.tsx", "one");
  await write("lib/sql/print.ts", "two");
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

const hash = (environment: Record<string, string> = {}) => sourceHash(root, { NODE_ENV: "test", ...environment });

test("the same sources have the same hash, whenever they were written", async () => {
  const before = await hash();
  await write("app/page.tsx", "one");
  expect(await hash()).toBe(before);
});

test.each([
  ["a changed file", "app/page.tsx", "changed"],
  ["a new file", "components/ui/Button.tsx", "new"],
  ["another lock", "package-lock.json", "{}"],
  ["another configuration", "next.config.ts", "export default {}"],
])("%s makes the build stale", async (_, path, content) => {
  const before = await hash();
  await write(path, content);
  expect(await hash()).not.toBe(before);
});

test("a file that moved makes the build stale", async () => {
  const before = await hash();
  await rm(join(root, "app/page.tsx"));
  await write("app/other/page.tsx", "one");
  expect(await hash()).not.toBe(before);
});

test("what a browser is told by the environment makes the build stale, the rest of it does not", async () => {
  const before = await hash();
  expect(await hash({ DATABASE_URL: "postgres://elsewhere/db" })).toBe(before);
  expect(await hash({ NEXT_PUBLIC_NAME: "x" })).not.toBe(before);
});

test.each(["lib/sql/print.test.ts", "db/migrations/0001.sql", "server/runtime/main.ts", "tests/e2e/first.test.ts"])(
  "%s is not part of the build",
  async (path) => {
    const before = await hash();
    await write(path, "new");
    expect(await hash()).toBe(before);
  },
);
