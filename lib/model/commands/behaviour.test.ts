import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { dealSources } from "../testing/dealSources.ts";
import { applyCommand } from "./applyCommand.ts";
import { changeModel } from "./changeModel.ts";
import type { ModelCommand } from "./ModelCommand.ts";

/** The lines that a command changes in the app of deals, which then says what the command means. */
function changes(command: ModelCommand, sources: Sources = dealSources) {
  const edited = applyCommand(sources, command);
  expect(readModel(edited).draft).toEqual(changeModel(readModel(sources).draft, command).model);
  const lines = (of: Sources) => Object.values(of).flatMap((text) => text.split("\n"));
  const [old, fresh] = [lines(sources), lines(edited)];
  return {
    edited,
    problems: readModel(edited).problems.map(({ message }) => message),
    removed: old.filter((line) => !fresh.includes(line)).map((line) => line.trim()),
    added: fresh.filter((line) => !old.includes(line)).map((line) => line.trim()),
  };
}

test("the app of deals is sound", () => {
  expect(readModel(dealSources).problems).toEqual([]);
});

test("a renamed attribute is followed into expressions, paths, lists and other resources", () => {
  const { added, problems } = changes({ type: "renameAttribute", resource: "Deal", attribute: "amount", to: "value" });
  expect(problems).toEqual([]);
  expect(added).toEqual([
    `wonValue: sum("deals.value", { where: "stage == 'won'", stored: true }),`,
    `value: decimal({ column: "amount", precision: 14, scale: 2, min: "0" }),`,
    `weighted: decimal("value * probability / 100.0", { scale: 2, stored: true }),`,
    `openValue: sum("company.deals.value", { where: "stage == 'lead'" }),`,
    `check("value > 0", { message: "A won deal has an amount", when: "stage == 'won'", on: ["update"] }),`,
    `win: transition("qualified -> won", { when: "value > 0" }),`,
    `create: { accept: ["title", "value", "probability", "company", "owner"] },`,
    `require: require("value > 0", "Give the deal an amount first"),`,
    `field("value", { read: "actor.role != 'sales'", write: "'manager' in actor.roles" }),`,
  ]);
});

test("a renamed relationship is followed with the field of its key", () => {
  const sources = {
    ...dealSources,
    "domain/deal.ts": (dealSources["domain/deal.ts"] ?? "").replace(
      `"stage != 'won' && dueOn < today()"`,
      `"ownerId == actor.id && owner.team == 'a'"`,
    ),
  };
  const { added, problems } = changes(
    { type: "renameRelationship", resource: "Deal", relationship: "owner", to: "seller" },
    sources,
  );
  expect(problems).toEqual([]);
  expect(added).toContain(`overdue: boolean("sellerId == actor.id && seller.team == 'a'"),`);
  expect(added).toContain(`allow("read", "actor.role == 'manager' || seller == actor.id"),`);
  const { added: path } = changes({
    type: "renameRelationship",
    resource: "Company",
    relationship: "deals",
    to: "sales",
  });
  expect(path).toContain(`openValue: sum("company.sales.amount", { where: "stage == 'lead'" }),`);
});

test("a renamed option is followed into expressions and states, and nowhere else", () => {
  const { removed, added, problems } = changes({
    type: "renameChoice",
    resource: "Deal",
    attribute: "stage",
    option: "won",
    to: "closed",
  });
  expect(problems).toEqual([]);
  expect(added).toContain(`check("closedOn == null || stage in ['closed', 'lost']", {`);
  expect(added).toContain(`win: transition("qualified -> closed", { when: "amount > 0" }),`);
  expect(added).toContain(`reopen: "closed, lost -> lead",`);
  expect(added).toContain(`wonValue: sum("deals.amount", { where: "stage == 'closed'", stored: true }),`);
  expect(removed.filter((line) => !line.includes("won"))).toEqual([]);
});

test("renamed attributes of the app's users are followed into what the actor shows", () => {
  const text = (dealSources["domain/deal.ts"] ?? "").replace("owner == actor.id", "owner.team == actor.team");
  const { added, problems } = changes(
    { type: "renameAttribute", resource: "Person", attribute: "team", to: "group" },
    { ...dealSources, "domain/deal.ts": text },
  );
  expect(problems).toEqual([]);
  expect(added).toContain(`allow("read", "actor.role == 'manager' || owner.group == actor.group"),`);
});

test("a renamed resource stays the resource of the app's users", () => {
  const { added, problems } = changes({ type: "renameResource", resource: "Person", to: "Employee" });
  expect(problems).toEqual([]);
  expect(added.join("\n")).toContain('users: "Employee"');
});

test("calculations and aggregates come, change, are renamed and go", () => {
  const added = changes({
    type: "setCalculation",
    resource: "Company",
    calculation: { name: "label", type: { kind: "text" }, expression: "name + '!'", stored: true },
  });
  expect(added.problems).toEqual([]);
  expect(added.added).toContain(`label: text("name + '!'", { stored: true }),`);
  const renamed = changes({ type: "renameCalculation", resource: "Deal", calculation: "weighted", to: "expected" });
  expect(renamed.added).toEqual([
    `expected: decimal("amount * probability / 100.0", { scale: 2, stored: "weighted" }),`,
  ]);
  const count = changes({ type: "renameAggregate", resource: "Company", aggregate: "dealCount", to: "sales" });
  expect(count.added).toEqual([`sales: count("deals"),`]);
  const gone = changes({ type: "removeAggregate", resource: "Company", aggregate: "wonValue" });
  expect(gone.added).toEqual([`import { count, hasMany, resource, text } from "gantry";`]);
  expect(() => changes({ type: "renameCalculation", resource: "Deal", calculation: "weighted", to: "amount" })).toThrow(
    "`Deal` has a `amount` already. Choose another name.",
  );
});

test("actions, arguments and roles are renamed with what speaks of them", () => {
  const action = changes({ type: "renameAction", resource: "Deal", action: "win", to: "close" });
  expect(action.added).toEqual([`close: transition("qualified -> won", { when: "amount > 0" }),`, `close: update({`]);
  const argument = changes({ type: "renameArgument", resource: "Deal", action: "win", argument: "reason", to: "why" });
  expect(argument.added).toEqual([`arguments: { why: text({ maxLength: 200 }) },`, `set: { notes: "arguments.why" },`]);
  const role = changes({ type: "renameRole", role: "manager", to: "lead" });
  expect(role.problems).toEqual([]);
  expect(role.added).toEqual([
    `export default app({ name: "Sales", roles: { lead: "Leads a team", sales: "" }, users: "Person" });`,
    `allow("read", "actor.role == 'lead' || owner == actor.id"),`,
    `allow("*", "'lead' in actor.roles", { describe: "Managers do as they like" }),`,
    `field("amount", { read: "actor.role != 'sales'", write: "'lead' in actor.roles" }),`,
  ]);
});

test("lists change item by item", () => {
  const { added } = changes({
    type: "changePolicies",
    resource: "Deal",
    change: { kind: "add", item: { effect: "allow", actions: ["create", "update"], expression: "true" }, at: 1 },
  });
  expect(added).toEqual([`allow(["create", "update"], "true"),`]);
  const moved = changes({ type: "changePolicies", resource: "Deal", change: { kind: "move", index: 2, to: 0 } });
  expect(moved.added).toEqual([]);
  const gone = changes({ type: "changeValidations", resource: "Deal", change: { kind: "remove", index: 0 } });
  expect(gone.removed[0]).toBe(`check("closedOn == null || stage in ['won', 'lost']", {`);
  expect(() =>
    changes({ type: "changeFieldPolicies", resource: "Deal", change: { kind: "remove", index: 9 } }),
  ).toThrow("This is not there any more.");
});

test("features keep the columns that they have and get free ones", () => {
  const { added } = changes({
    type: "setFeatures",
    resource: "Deal",
    features: { softDelete: undefined, versioned: { required: false }, history: undefined },
  });
  expect(added).toEqual(["versioned: true,"]);
  const version = `import { integer, resource } from "gantry";\n\nexport default resource("Line", { attributes: { number: integer({ column: "version" }) } });\n`;
  const taken = changes(
    { type: "setFeatures", resource: "Line", features: { versioned: { required: false } } },
    { ...dealSources, "domain/line.ts": version },
  );
  expect(taken.added.join(" ")).toContain(`versioned: { column: "version_2", }`);
});

test("a misspelt name is mended by its own command", () => {
  const text = (dealSources["domain/deal.ts"] ?? "").replace('"dueOn < today()"', "'\\u0064ueOnn < today()'");
  const sources = { ...dealSources, "domain/deal.ts": text };
  const [problem, ...more] = readModel(sources).problems;
  expect(more).toEqual([]);
  expect(text.slice(problem?.range.start.offset, problem?.range.end.offset)).toBe("\\u0064ueOnn");
  expect(problem?.fix?.title).toBe("Write dueOn");
  const mended = problem?.fix ? applyCommand(sources, problem.fix.command) : {};
  expect(mended["domain/deal.ts"]).toContain("overdueOnes: read({ where: 'dueOn < today()' })");
});
