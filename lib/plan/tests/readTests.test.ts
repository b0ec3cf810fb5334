import { expect, test } from "vitest";
import { readModel } from "../../model/read/readModel.ts";
import { readTests } from "./readTests.ts";

const domain = {
  "gantry.config.ts": `import { app } from "gantry";
export default app({ name: "A", roles: ["rep"], users: "Person" });`,
  "domain/person.ts": `import { email, resource } from "gantry";
export default resource("Person", { attributes: { email: email({ required: true }) } });`,
  "domain/tag.ts": `import { resource, text } from "gantry";
export default resource("Tag", { attributes: { name: text() } });`,
  "domain/deal.ts":
    `import { belongsTo, calculation, choice, create, decimal, file, hasMany, integer, json, manyToMany, read, resource, text, update, destroy } from "gantry";
export default resource("Deal", {
  attributes: {
    title: text({ required: true, maxLength: 5 }),
    amount: decimal({ min: "0" }),
    stage: choice(["lead", "won"], { default: "lead" }),
    more: json(),
    paper: file(),
  },
  relationships: { owner: belongsTo("Person"), tags: manyToMany("Tag"), parts: hasMany("Deal", { via: "whole" }), whole: belongsTo("Deal") },
  calculations: { twice: decimal("amount * 2"), kept: decimal("amount * 3", { stored: true }) },
  actions: {
    read: {}, create: {}, update: {}, destroy: {},
    win: update({ arguments: { reason: text() } }),
    large: read({ arguments: { least: decimal() }, where: "amount >= arguments.least" }),
    archive: destroy({}),
  },
});`.replace("calculation, ", ""),
} as const;
const { model, problems: unsound } = readModel(domain);

const imports =
  'import { anonymous, create, destroy, done, get, key, read, ref, refused, row, rows, service, test, tests, update, user } from "gantry";';
const file = (parts: string) => `${imports}\nexport default tests([test("It holds", { ${parts} })]);`;
const given = 'given: { ada: row("Person"), hot: row("Tag"), deal: row("Deal") }, as: service()';

/** Code, the text that is marked, and the sentence. */
function said(parts: string): readonly string[] {
  expect(unsound).toEqual([]);
  const text = file(parts);
  const { problems } = readTests({ "tests/deals.ts": text }, model);
  return problems.map(
    ({ code, message, range }) => `${code} \`${text.slice(range.start.offset, range.end.offset)}\` ${message}`,
  );
}

test("tests that fit the model are taken", () => {
  const right = [
    `${given}, do: get("deal"), expect: done({ title: "A", twice: "2", kept: 3, owner: ref("ada"), tags: [ref("hot")] })`,
    `given: { ada: row("Person"), a: row("Deal", { owner: ref("ada"), more: [1, { a: null }] }), b: row("Deal", { whole: ref("a"), ownerId: ref("ada") }) }, as: user("ada", { roles: ["rep"] }), do: read("Deal", { where: "whole != null" }), expect: rows(["b"])`,
    `${given}, do: update("deal", "win", { reason: "Price" }), expect: done()`,
    `${given}, do: read("Deal", { action: "large", input: { least: "5" } }), expect: rows([])`,
    `${given}, do: destroy("deal", "archive"), expect: done()`,
    `${given}, do: create("Deal", { title: "A", owner: { email: "a@b.io" }, parts: [{ title: "B" }], tags: [ref("hot")] }), expect: done()`,
    // What is wrong with a value is what the test is about.
    `${given}, do: create("Deal", { title: "Too long", amount: -1 }), expect: refused("invalid_input", { field: "title" })`,
  ];
  expect(right.flatMap(said)).toEqual([]);
});

test("what does not fit is told at its place, with what to do", () => {
  const wrong = [
    'given: { a: row("Deel") }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { titel: "A" }) }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { twice: 1 }) }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { kept: 1 }) }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { paper: "x" }) }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { parts: [] }) }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { amount: "much" }) }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { stage: "lost" }) }, as: service(), do: get("a"), expect: done()',
    'given: { a: row("Deal", { owner: ref("b") }), b: row("Person") }, as: service(), do: get("a"), expect: done()',
    'given: { b: row("Tag"), a: row("Deal", { owner: ref("b") }) }, as: service(), do: get("a"), expect: done()',
    'given: { b: row("Tag"), a: row("Deal", { stage: ref("b") }) }, as: service(), do: get("a"), expect: done()',
    `${given.replace("service()", 'key({ roles: ["rap"] })')}, do: get("deal"), expect: done()`,
    `${given.replace("service()", 'user("deal")')}, do: get("deal"), expect: done()`,
    `${given.replace("service()", 'user("bob")')}, do: get("deal"), expect: done()`,
    `${given}, do: get("dael"), expect: done()`,
    `${given}, do: read("Deals"), expect: rows([])`,
    `${given}, do: read("Deal", { where: "amont > 1" }), expect: rows([])`,
    `${given}, do: read("Deal", { input: { least: 1 } }), expect: rows([])`,
    `${given}, do: read("Deal"), expect: rows(["ada"])`,
    `${given}, do: read("Deal"), expect: done({ title: "A" })`,
    `${given}, do: get("deal"), expect: rows(["deal"])`,
    `${given}, do: update("deal", "wun"), expect: done()`,
    `${given}, do: update("deal", "archive"), expect: done()`,
    `${given}, do: update("deal", { titel: "A" }), expect: done()`,
    `${given}, do: update("deal", { amount: "-1" }), expect: done()`,
    `${given}, do: create("Deal", { parts: [{ titel: "B" }] }), expect: done()`,
    `${given}, do: get("deal"), expect: done({ titel: "A" })`,
    `${given}, do: get("deal"), expect: done({ amount: "x" })`,
    `${given}, do: get("deal"), expect: refused("forbiden")`,
  ];
  expect(
    wrong.flatMap((parts) => (said(parts).length === 1 ? said(parts) : [`${parts}: ${said(parts).length}`])),
  ).toMatchSnapshot();
});

test("against a model with errors nothing is held", () => {
  const text = file('as: service(), do: read("Nothing"), expect: rows([])');
  expect(readTests({ "tests/deals.ts": text }, null).problems).toEqual([]);
  expect(readTests({ "tests/deals.ts": text }, model).problems).toHaveLength(1);
});
