import { expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { describeChange } from "../diff/describeChange.ts";
import { diffModels } from "../diff/diffModels.ts";
import { mergeSources } from "../merge/mergeSources.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { apiSources } from "../testing/apiSources.ts";

function modelOf(sources: Sources) {
  const { draft, problems: all } = readModel(sources);
  const problems = all.filter(({ code }) => code !== "unserved_list");
  return { draft, problems, deal: draft.resources.find(({ name }) => name === "Deal") };
}

/** The sources after some commands, with the lines that came. */
function after(...commands: readonly ModelCommand[]) {
  const sources = commands.reduce(applyCommand, apiSources);
  const old = new Set(Object.values(apiSources).flatMap((text) => text.split("\n")));
  const lines = Object.values(sources).flatMap((text) => text.split("\n"));
  return { ...modelOf(sources), sources, added: lines.filter((line) => !old.has(line)).map((line) => line.trim()) };
}

/** What is wrong once the app says something else. */
function problemsWith(change: (text: string) => string, file = "domain/deal.ts") {
  const text = change(apiSources[file] ?? "");
  expect(text).not.toBe(apiSources[file]);
  const { problems } = modelOf({ ...apiSources, [file]: text });
  return problems.map(({ code, path, message }) => [code, path.slice(1).join("."), message]);
}

test("what an app says of its APIs is read", () => {
  const { draft, problems, deal } = modelOf(apiSources);
  expect(problems).toEqual([]);
  expect(draft.app.api).toEqual({
    format: "jsonApi",
    rateLimits: { actor: { requests: 100, seconds: 60 }, environment: { requests: 5000, seconds: 1 } },
    cors: { origins: ["https://shop.example"], maxAge: 600 },
    graphql: { introspection: false, maxDepth: 8, maxCost: 5000, persistedOnly: true },
  });
  expect(deal?.api).toEqual({
    path: "opportunities",
    pageSize: 20,
    maxPageSize: 100,
    filterable: ["stage", "company", "total"],
    sortable: ["amount", "companyId"],
    operations: [
      { action: "destroy", rest: false },
      { action: "win", rest: "close", graphql: "closeDeal" },
    ],
  });
  expect(deal?.features).toEqual({ changeFeed: true });
  expect(deal?.attributes[1]?.deprecated).toEqual({
    since: "2026-11-01",
    until: "2027-05-01",
    note: "Use total instead.",
  });
  expect(deal?.relationships[0]?.deprecated).toEqual({ since: "2026-11-01" });
  expect(deal?.calculations?.[0]?.deprecated).toEqual({ since: "2026-12-01" });
});

test("renames are followed into lists of fields and operations", () => {
  const { problems, deal } = after(
    { type: "renameAttribute", resource: "Deal", attribute: "stage", to: "phase" },
    { type: "renameAttribute", resource: "Deal", attribute: "amount", to: "value" },
    { type: "renameRelationship", resource: "Deal", relationship: "company", to: "customer" },
    { type: "renameCalculation", resource: "Deal", calculation: "total", to: "sum" },
    { type: "renameAction", resource: "Deal", action: "win", to: "finish" },
    { type: "renameResource", resource: "Deal", to: "Opportunity" },
  );
  expect(problems).toEqual([]);
  expect(deal).toBeUndefined();
  const { draft } = after({ type: "renameAttribute", resource: "Deal", attribute: "stage", to: "phase" });
  expect(draft.resources[1]?.api?.filterable).toEqual(["phase", "company", "total"]);
  const renamed = after(
    { type: "renameRelationship", resource: "Deal", relationship: "company", to: "customer" },
    { type: "renameCalculation", resource: "Deal", calculation: "total", to: "sum" },
    { type: "renameAction", resource: "Deal", action: "win", to: "finish" },
  );
  expect(renamed.deal?.api).toMatchObject({
    path: "opportunities",
    filterable: ["stage", "customer", "sum"],
    sortable: ["amount", "customerId"],
    operations: [
      { action: "destroy", rest: false },
      { action: "finish", rest: "close", graphql: "closeDeal" },
    ],
  });
});

test("what goes is taken out of lists of fields and operations", () => {
  const { problems, deal } = after(
    { type: "removeRelationship", resource: "Deal", relationship: "company" },
    { type: "removeCalculation", resource: "Deal", calculation: "total" },
    { type: "removeAction", resource: "Deal", action: "win" },
    { type: "removeAction", resource: "Deal", action: "destroy" },
  );
  expect(problems).toEqual([]);
  expect(deal?.api).toEqual({
    path: "opportunities",
    pageSize: 20,
    maxPageSize: 100,
    filterable: ["stage"],
    sortable: ["amount"],
  });
});

test("commands change one setting and leave the rest as it is written", () => {
  const { added, problems } = after(
    { type: "setResourceApi", resource: "Deal", api: { pageSize: undefined, maxPageSize: 50 } },
    { type: "setOperation", resource: "Deal", operation: { action: "win", rest: "close" } },
    { type: "setOperation", resource: "Deal", operation: { action: "destroy" } },
    { type: "setDeprecation", resource: "Deal", field: "company", deprecated: undefined },
    { type: "setDeprecation", resource: "Deal", field: "stage", deprecated: { since: "2026-11-02" } },
    { type: "setAppApi", api: { format: undefined, cors: { origins: [] } } },
  );
  expect(problems).toEqual([]);
  expect(added).toEqual([
    "cors: { origins: [] },",
    'stage: choice(["open", "won"], { required: true, default: "open", deprecated: { since: "2026-11-02" } }),',
    'relationships: { company: belongsTo("Company") },',
    "maxPageSize: 50, // what the screens show",
    'win: { rest: "close" },',
  ]);
});

test("a calculation that is written anew is as deprecated as it was", () => {
  const calculation = { name: "total", type: { kind: "integer" }, expression: "2" } as const;
  const { deal } = after({ type: "setCalculation", resource: "Deal", calculation });
  expect(deal?.calculations).toEqual([{ ...calculation, deprecated: { since: "2026-12-01" } }]);
});

test("an app that says nothing gets what it shall say, and loses it again", () => {
  const plain = { "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Sales" });\n' };
  const said = applyCommand(plain, { type: "setAppApi", api: { rateLimits: { key: { requests: 10, seconds: 1 } } } });
  expect(said["gantry.config.ts"]).toContain(
    'app({ name: "Sales", api: { rateLimits: { key: { requests: 10, seconds: 1 } } } })',
  );
  expect(applyCommand(said, { type: "setAppApi", api: { rateLimits: undefined } })).toEqual(plain);
});

test("what cannot be is refused where it stands", () => {
  const replace = (from: string, to: string) => (text: string) => text.replace(from, to);
  const first = (...change: readonly [string, string, string?]) =>
    problemsWith(replace(change[0], change[1]), change[2])[0];
  expect(first('"stage", "company"', '"stages", "company"')).toEqual([
    "unknown_field",
    "api.filterable.0",
    "`Deal` has no field `stages`. Did you mean `stage`?",
  ]);
  expect(first('"companyId"]', '"amount"]')?.[0]).toBe("duplicate_name");
  expect(first("destroy: { rest", "destory: { rest")?.[2]).toContain("Did you mean `destroy`?");
  expect(first('path: "opportunities"', 'path: "companies"')?.slice(0, 2)).toEqual(["duplicate_name", "api.path"]);
  expect(first('path: "opportunities"', 'path: "Big Deals"')?.[2]).toContain("such as `big-deals`");
  expect(first("pageSize: 20", "pageSize: 200")?.[2]).toContain("at most 100 records");
  expect(first("maxPageSize: 100", "maxPageSize: 2000")?.[2]).toBe("`maxPageSize` is a number between 1 and 1000.");
  expect(first("pageSize: 20", "pageSize: 0")?.[0]).toBe("page_size");
  expect(first("destroy: { rest: false }", 'destroy: { rest: "kill" }')?.[0]).toBe("wrong_type");
  expect(first("destroy: { rest: false }", "destroy: { rest: true }")?.[2]).toContain("Write `false` to hide it");
  expect(first('graphql: "closeDeal"', 'graphql: "createCompany"')).toEqual([
    "duplicate_name",
    "api.operations.win.graphql",
    "`win` of `Deal` is called `createCompany` in GraphQL, as `Company.create` is. Choose another name.",
  ]);
  expect(first('rest: "close"', 'rest: "history"')?.[0]).toBe("reserved_name");
  expect(first('rest: "close"', 'rest: "reopen"')?.[0]).toBe("duplicate_name");
  expect(first('until: "2027-05-01"', 'until: "2026-05-01"')?.[1]).toBe("attributes.amount.deprecated.until");
  expect(first('since: "2026-12-01"', 'since: "2026-02-30"')?.[2]).toContain("a day that there is");
  expect(first('since: "2026-12-01"', 'note: "Soon"')?.[2]).toContain("since when");
  const config = "gantry.config.ts";
  expect(first("https://shop.example", "https://shop.example/", config)?.[2]).toBe(
    "Write `https://shop.example` here.",
  );
  expect(first("https://shop.example", "shop.example", config)?.[0]).toBe("origin");
  expect(first("https://shop.example", "https://*.example", config)?.[2]).toContain("named in full");
  expect(first("requests: 100", "requests: 0", config)?.[0]).toBe("out_of_range");
  expect(first('"jsonApi"', '"xml"', config)?.[0]).toBe("wrong_type");
  expect(first("maxDepth: 8", "maxDepth: -1", config)?.[0]).toBe("wrong_type");
  expect(first(", seconds: 60", "", config)?.[0]).toBe("missing_option");
});

test("a change is told with what it means for clients", () => {
  const told = (...commands: readonly ModelCommand[]) => {
    return diffModels(modelOf(apiSources).draft, after(...commands).draft).map(describeChange);
  };
  expect(
    told(
      { type: "setResourceApi", resource: "Deal", api: { path: undefined, maxPageSize: 50, sortable: ["amount"] } },
      { type: "setOperation", resource: "Deal", operation: { action: "update", graphql: false } },
      { type: "setOperation", resource: "Deal", operation: { action: "win" } },
      { type: "setDeprecation", resource: "Deal", field: "stage", deprecated: { since: "2026-11-02" } },
      { type: "setDeprecation", resource: "Deal", field: "company", deprecated: undefined },
      { type: "setFeatures", resource: "Deal", features: { changeFeed: undefined } },
      { type: "setAppApi", api: { rateLimits: { actor: { requests: 10, seconds: 60 } }, cors: undefined } },
    ),
  ).toEqual([
    "Each actor may now ask 10 times a minute",
    "All clients together may now ask as often as they like",
    "Pages of any origin may now call",
    "Browsers now remember for another time which origins may call",
    "Deal.stage is deprecated since 2026-11-02",
    "Deal.company is no longer deprecated",
    "Changes of deals are no longer told to those who listen",
    "Deals are now at /rest/v1/deals; clients that ask for /rest/v1/opportunities find nothing",
    "Lists of deals now hold at most 50 records; clients that ask for more are refused",
    "Lists of deals can no longer be sorted by companyId; clients that do are refused",
    "update of Deal is now hidden from GraphQL; clients that use it are refused",
    "win of Deal is now called win in REST; clients that use its old name are refused",
    "win of Deal is now called as it is called by itself in GraphQL; clients that use its old name are refused",
  ]);
});

test("two people who change different settings do not conflict", () => {
  const mine = after({ type: "setResourceApi", resource: "Deal", api: { pageSize: 30 } }).sources;
  const theirs = after(
    { type: "setOperation", resource: "Deal", operation: { action: "update", rest: false } },
    { type: "setAppApi", api: { format: undefined } },
  ).sources;
  const { sources, conflicts } = mergeSources({ base: apiSources, mine, theirs });
  expect(conflicts).toEqual([]);
  const { deal, draft } = modelOf(sources);
  expect(deal?.api).toMatchObject({ pageSize: 30, path: "opportunities" });
  expect(deal?.api?.operations?.map(({ action }) => action)).toEqual(["destroy", "win", "update"]);
  expect(draft.app.api?.format).toBeUndefined();
  const other = after({ type: "setResourceApi", resource: "Deal", api: { pageSize: 40 } }).sources;
  expect(mergeSources({ base: apiSources, mine, theirs: other }).conflicts).toHaveLength(1);
});
