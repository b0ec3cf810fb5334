import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { readApp } from "#tests/bench/readApp.ts";
import { computedModel } from "../../compile/testing/computedModel.ts";
import { attribute, resource } from "../../compile/testing/modelParts.ts";
import { salesModel } from "../../compile/testing/salesModel.ts";
import { typesModel } from "../../compile/testing/typesModel.ts";
import { drawModel } from "../../model/testing/arbitraryModel.ts";
import type { Model } from "../../model/types.ts";
import { sdkExamples } from "./sdkExamples.ts";
import { sdkModule } from "./sdkModule.ts";

const core = readFileSync(new URL("./core.ts", import.meta.url), "utf8");
const auth = readFileSync(new URL("./auth.ts", import.meta.url), "utf8");
const template = (id: string) => readApp(join(import.meta.dirname, "../../../templates", id));

/** What the real TypeScript says of a client and of a program that uses it, at its strictest. */
function complaints(files: Readonly<Record<string, string>>): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => files[path.slice(1)] ?? readFile(path);
  host.fileExists = (path) => path.slice(1) in files || fileExists(path);
  host.getSourceFile = (path, version) => {
    const own = files[path.slice(1)];
    return own === undefined ? library(path, version) : ts.createSourceFile(path, own, version);
  };
  host.getCurrentDirectory = () => "/";
  const program = ts.createProgram(
    Object.keys(files).map((path) => `/${path}`),
    options,
    host,
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName ?? ""}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

const libraries = new Map<string, ts.SourceFile>();

function library(path: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
  const known = libraries.get(path);
  if (known) return known;
  const source = ts.sys.readFile(path);
  if (source === undefined) return undefined;
  const file = ts.createSourceFile(path, source, version);
  libraries.set(path, file);
  return file;
}

const clientOf = (model: Model) => sdkModule(model, { release: 3, core, auth });

test("TypeScript takes the client of every app", { timeout: 120_000 }, async () => {
  const drawn = fc.sample(fc.gen(), 8).map((draw, at): [string, Model] => [`drawn${at}`, drawModel(draw)]);
  const models: readonly [string, Model][] = [
    ["crm", await template("crm")],
    ["inventory", await template("inventory")],
    ["hr", await template("hr")],
    ["sales", salesModel],
    ["types", typesModel],
    ["computed", computedModel],
    ["named", namedLikeTheClient],
    ["shared", sharedArguments],
    ...drawn,
  ];
  const clients = Object.fromEntries(models.map(([name, model]) => [`${name}.ts`, clientOf(model)]));
  const said = complaints(clients);
  expect({ said, clients: said.map((line) => clients[line.slice(1).split(":")[0] ?? ""]) }).toMatchObject({ said: [] });
});

/** Two actions have an argument of one name, each with options of its own. */
const sharedArguments: Model = {
  app: { name: "Shared" },
  resources: [
    resource("Person", {
      plural: "people",
      definedActions: (["invite", "manage"] as const).map((name) => {
        const options = [name, "both"].map((option) => ({ name: option, stored: option }));
        const type = { kind: "list", of: { kind: "choice", options } } as const;
        return {
          name,
          type: name === "invite" ? "create" : "update",
          arguments: [{ name: "roles", type, required: true }],
        };
      }),
    }),
  ],
};

/** Its resources have the names of what a client is made of. */
const namedLikeTheClient: Model = {
  app: { name: "Names", auth: {} },
  resources: [
    "Auth",
    "AuthTokens",
    "Record",
    "Page",
    "Promise",
    "Refusal",
    "Connection",
    "Money",
    "Date",
    "Show",
    "Operators",
  ].map((name) =>
    resource(name, { plural: `${name.toLowerCase()}s`, attributes: [attribute("title", { type: { kind: "text" } })] }),
  ),
};

describe("a program that uses a client", () => {
  const program = `
import { deals, companies, Refusal, type Connection } from "./client.ts";

const app: Connection = { url: "https://crm.example.com", key: () => "gk_secret" };

export async function right(): Promise<void> {
  const page = await deals.list(app, {
    filter: { stage: { in: ["won"] }, company: { name: { icontains: "inc" } }, or: [{ amount: { gte: "5" } }, { not: { title: { eq: "x" } } }] },
    sort: ["-createdAt", "company.name"],
    fields: ["title", "amount", "overdue"],
    include: { company: { fields: ["name"] }, activities: { size: 5, include: { deal: true } } },
    page: { size: 20 },
    count: true,
  });
  for (const deal of page.data) {
    const title: string = deal.title;
    const amount: string = deal.amount;
    const overdue: boolean | null = deal.overdue;
    const company: string | undefined = deal.company?.name;
    const subjects: readonly string[] = deal.activities.map((activity) => activity.subject);
    console.log(title, amount, overdue, company, subjects);
  }
  const made = await deals.create(app, { title: "New", companyId: "c", ownerId: "o" }, { idempotencyKey: "k" });
  const won = await deals.win(app, made.id, {}, { version: made.version });
  console.log(won.stage === "won");
  for await (const company of companies.all(app, { fields: ["name"] })) console.log(company.name);
  await deals.get(app, "id").catch((error: unknown) => console.log(error instanceof Refusal && error.errors[0]?.rule));
}
`;

  const wrong: readonly (readonly [string, string, string])[] = [
    ["a field that is not there", 'fields: ["title", "amount", "overdue"]', 'fields: ["titel"]'],
    ["a value that is no option", 'in: ["won"]', 'in: ["gone"]'],
    ["an operator that a field lacks", 'in: ["won"]', 'contains: "won"'],
    ["a filter by what is not there", "or: [{ amount", "or: [{ sum"],
    ["an order by what is not there", '"-createdAt"', '"-madeAt"'],
    ["a relationship that is not there", "include: { company: { fields", "include: { firm: { fields"],
    ["one among others that is not there", "activities: { size: 5, ", "activitys: true, activities: { size: 5, "],
    ["what was not asked for", "deal.overdue", "deal.nextStep"],
    ["a missing value", 'title: "New", companyId', "companyId"],
    ["a value of another type", 'title: "New"', "title: 5"],
    ["an action that is not there", "deals.win(", "deals.vin("],
  ];

  test("is taken where it is right, and refused for whatever is wrong", { timeout: 120_000 }, async () => {
    const programs = wrong.map(([, before, after], at) => {
      expect(program.split(before)).toHaveLength(2);
      return [`wrong${at}.ts`, program.replace(before, after)];
    });
    const client = clientOf(await template("crm"));
    const said = complaints({ "client.ts": client, "right.ts": program, ...Object.fromEntries(programs) });
    const of = (file: string) => said.filter((line) => line.startsWith(`/${file}:`));
    expect(of("client.ts")).toEqual([]);
    expect(of("right.ts")).toEqual([]);
    expect(wrong.flatMap(([what], at) => (of(`wrong${at}.ts`).length > 0 ? [] : [what]))).toEqual([]);
  });

  test("no longer builds once the app has changed", { timeout: 60_000 }, async () => {
    const model = await template("crm");
    const changed: Model = {
      ...model,
      resources: model.resources.map((resource) =>
        resource.name === "Activity"
          ? {
              ...resource,
              attributes: resource.attributes.map((attribute) =>
                attribute.name === "subject" ? { ...attribute, name: "topic" } : attribute,
              ),
            }
          : resource,
      ),
    };
    const said = complaints({ "client.ts": clientOf(changed), "program.ts": program });
    expect(said.join("\n")).toContain("'subject'");
  });
});

test("the examples of an app build, but for what they leave to the reader", { timeout: 60_000 }, async () => {
  const models: readonly [string, Model][] = [
    ["crm", await template("crm")],
    ["inventory", await template("inventory")],
    ["hr", await template("hr")],
    ["sales", salesModel],
  ];
  const files = models.flatMap(([name, model]): [string, string][] => {
    const examples = sdkExamples(model, "https://app.example").map(({ code }) => code);
    const [connect = "", list = "", ...rest] = examples;
    const [first = "", ...others] = connect.replace("./gantry.ts", `./${name}.ts`).split("\n");
    // Related records and the key of another are the reader's.
    const given = "declare const apiKey: string;\ndeclare const id: string;";
    const related = [...rest.join("\n").matchAll(/: (\w+)\.id,/g)].map(
      ([, relation]) => `declare const ${relation}: { id: string };`,
    );
    const body = rest.filter((code) => !code.startsWith("const { id }")).join("\n");
    const create = rest.filter((code) => code.startsWith("const { id }")).map((code) => `{\n${code}\nid;\n}`);
    const program = [first, given, ...new Set(related), ...others, list, ...create, body, "export {};"].join("\n");
    return [
      [`${name}.ts`, clientOf(model)],
      [`${name}-program.ts`, program],
    ];
  });
  const said = complaints(Object.fromEntries(files));
  expect({ said, files: said.length > 0 ? files.map(([, text]) => text.slice(0, 3000)) : [] }).toMatchObject({
    said: [],
  });
});

test("the same model gives the same text", async () => {
  expect(clientOf(await template("crm"))).toBe(clientOf(await template("crm")));
});
