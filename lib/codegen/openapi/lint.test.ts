import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import spectral from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readApp } from "#tests/bench/readApp.ts";
import { Random } from "#tests/support/Random.ts";
import { evolve, randomModel } from "#tests/support/randomModel.ts";
import { computedModel } from "../../compile/testing/computedModel.ts";
import { salesModel } from "../../compile/testing/salesModel.ts";
import { typesModel } from "../../compile/testing/typesModel.ts";
import type { Model } from "../../model/types.ts";
import { openApiDocument } from "./openApiDocument.ts";
import { everythingModel } from "./testing/everythingModel.ts";

/** Both linters of the trade accept the documents of all apps without a word. */

const root = join(import.meta.dirname, "../../..");
const options = { url: "https://crm-production.apps.test", release: 7 };

const models = async (): Promise<Readonly<Record<string, Model>>> => ({
  crm: await readApp(join(root, "templates/crm")),
  sales: salesModel,
  types: typesModel,
  computed: computedModel,
  everything: everythingModel,
  random: grown(new Random(1)),
});

/** A random model after a long life. */
function grown(random: Random): Model {
  let model = randomModel(random);
  for (let times = 0; times < 12; times++) model = evolve(random, model);
  return model;
}

let folder: string;
const documents = new Map<string, object>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-lint-"));
  for (const [name, model] of Object.entries(await models())) {
    const text = JSON.stringify(openApiDocument(model, options), null, 1);
    documents.set(name, JSON.parse(text));
    await writeFile(join(folder, `${name}.json`), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the OpenAPI documents of apps", () => {
  test("pass the recommended rules of redocly", { timeout: 240_000 }, async () => {
    const cli = join(root, "node_modules/@redocly/cli/bin/cli.js");
    const files = [...documents.keys()].map((name) => `${name}.json`);
    const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", CI: "true" };
    const lint = [cli, "lint", ...files, "--extends", "recommended", "--format", "json", "--max-problems", "1000"];
    const { stdout } = await promisify(execFile)(process.execPath, lint, {
      cwd: folder,
      env: { ...process.env, HOME: folder, ...quiet },
      maxBuffer: 1 << 26,
    }).catch((error: { stdout: string }) => error);
    // One object a document.
    const reports = stdout.split(/(?<=\n\})\s*(?=\{)/).map((text) => JSON.parse(text) as RedoclyReport);
    const told = reports.flatMap(({ problems }) =>
      problems.map(({ ruleId, message, location: [place] }) => {
        return `${place?.source.ref} ${place?.pointer}: ${message} (${ruleId})`;
      }),
    );
    expect(told).toEqual([]);
    expect(reports).toHaveLength(documents.size);
  });

  test("pass the recommended rules of spectral", { timeout: 240_000 }, async () => {
    const { Spectral } = spectral;
    for (const [name, document] of documents) {
      const linter = new Spectral();
      linter.setRuleset({ extends: [[rulesets.oas, "recommended"]] } as Parameters<typeof linter.setRuleset>[0]);
      const found = await linter.run(document as Parameters<typeof linter.run>[0]);
      expect(found.map(({ code, path, message }) => `${name} ${path.join("/")}: ${message} (${code})`)).toEqual([]);
    }
  });
});

interface RedoclyReport {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly source: { readonly ref: string }; readonly pointer: string }[];
  }[];
}
