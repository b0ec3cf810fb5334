import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import spectral from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "#scripts/root.ts";
import { openApiText } from "./openApiText.ts";

/** Both linters of the trade accept the document without a word; they check examples against schemas too. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-api-lint-"));
  await writeFile(join(folder, "openapi.json"), openApiText());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the document passes the recommended rules of redocly", { timeout: 240_000 }, async () => {
  const cli = join(root, "node_modules/@redocly/cli/bin/cli.js");
  const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", CI: "true" };
  const lint = [cli, "lint", "openapi.json", "--extends", "recommended", "--format", "json", "--max-problems", "1000"];
  const { stdout } = await promisify(execFile)(process.execPath, lint, {
    cwd: folder,
    env: { ...process.env, HOME: folder, ...quiet },
    maxBuffer: 1 << 26,
  }).catch((error: { stdout: string }) => error);
  const { problems } = JSON.parse(stdout) as RedoclyReport;
  expect(problems.map(({ ruleId, message, location: [place] }) => `${place?.pointer}: ${message} (${ruleId})`)).toEqual(
    [],
  );
});

test("the document passes the recommended rules of spectral", { timeout: 240_000 }, async () => {
  const linter = new spectral.Spectral();
  // OpenAPI 3.1 lets requirements of a bearer scheme name roles; the rule has that of 3.0, where only OAuth 2 has scopes.
  const rules = { "oas3-operation-security-defined": "off" };
  linter.setRuleset({ extends: [[rulesets.oas, "recommended"]], rules } as Parameters<typeof linter.setRuleset>[0]);
  const found = await linter.run(JSON.parse(openApiText()));
  expect(found.map(({ code, path, message }) => `${path.join("/")}: ${message} (${code})`)).toEqual([]);
});

interface RedoclyReport {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly pointer: string }[];
  }[];
}
