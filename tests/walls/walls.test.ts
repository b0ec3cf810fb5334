import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import config from "../../.dependency-cruiser.mjs";

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const run = promisify(execFile);
const fixtures = "tests/walls/fixtures/";
const folders = ["app", "components", "server", "db", "lib", "scripts"];

/** Every fixture file carries the name of the one rule that it breaks. */
async function violationsOfFixtures(): Promise<Violation[]> {
  const { stdout } = await run(
    path.resolve("node_modules/.bin/depcruise"),
    ["--config", ".dependency-cruiser.mjs", "--output-type", "json", ...folders.map((folder) => fixtures + folder)],
    { env: { ...process.env, WALLS_ROOT: fixtures }, maxBuffer: 64 << 20 },
  ).catch((failure: { stdout: string }) => failure);
  return JSON.parse(stdout).summary.violations;
}

test("each wall stops the file that was written to break it, and only that", { timeout: 60_000 }, async () => {
  const broken = (await violationsOfFixtures()).map(
    ({ from, rule }) => `${rule.name} by ${path.basename(from, ".ts").replace(/-other$/, "")}`,
  );
  const expected = config.forbidden.map(({ name }) => `${name} by ${name}`);
  expect([...new Set(broken)].sort()).toEqual(expected.sort());
});

test("process.env is read in server/env.ts and server/runtime/config.ts only", async () => {
  const readers: string[] = [];
  for (const folder of folders.slice(0, -1)) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || !/\.tsx?$/.test(file) || /\.test\.tsx?$|\/testing\//.test(file)) continue;
      if (/process\.env\b/.test((await readFile(file, "utf8")).replace(/^\s*(\/\/|\*|\/\*).*$/gm, "")))
        readers.push(file);
    }
  }
  expect(readers.sort()).toEqual(["server/env.ts", "server/runtime/config.ts"]);
});
