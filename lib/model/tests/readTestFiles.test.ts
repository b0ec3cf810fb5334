import { expect, test } from "vitest";
import type { AppTest } from "../testTypes.ts";
import { printTests } from "./printTests.ts";
import { readTestFiles } from "./readTestFiles.ts";

const text = `import { anonymous, create, destroy, done, key, read, ref, refused, row, rows, service, test, tests, update, user } from "gantry";

export default tests({ describe: "What deals promise" }, [
  test("A won deal stays", {
    explain: "Reports count them.",
    given: {
      acme: row("Company", { name: "Acme" }),
      deal: row("Deal", { title: "Big", company: ref("acme"), tags: [ref("acme")], more: { row: "a", b: [1, null] } }),
    },
    as: key({ roles: ["rep"] }),
    do: destroy("deal"),
    expect: refused("forbidden"),
  }),
  test("Anybody sees none", { as: anonymous(), do: read("Deal", { where: "amount > 1" }), expect: rows([]) }),
  test("A deal is won", {
    given: { ada: row("Person"), deal: row("Deal") },
    as: user("ada", { roles: ["rep"] }),
    do: update("deal", "win", { reason: "Price" }),
    expect: done({ stage: "won", owner: ref("ada") }),
  }),
  test("Nothing is free", {
    as: service(),
    do: create("Deal", { amount: "-1.50" }),
    expect: refused("invalid_input", { field: "amount" }),
  }),
]);
`;

const readFile = (source: string) => readTestFiles({ "tests/deal-rules.ts": source });

test("a file of tests is read as it stands", () => {
  const { files, problems } = readFile(text);
  expect(problems).toEqual([]);
  expect(files).toEqual([
    {
      name: "dealRules",
      describe: "What deals promise",
      tests: [
        {
          name: "A won deal stays",
          explain: "Reports count them.",
          given: [
            { name: "acme", resource: "Company", values: { name: "Acme" } },
            {
              name: "deal",
              resource: "Deal",
              values: {
                title: "Big",
                company: { row: "acme" },
                tags: [{ row: "acme" }],
                more: { row: "a", b: [1, null] },
              },
            },
          ],
          as: { kind: "key", roles: ["rep"] },
          do: { kind: "destroy", row: "deal", action: "destroy", input: {} },
          expect: { kind: "refused", code: "forbidden" },
        },
        {
          name: "Anybody sees none",
          as: { kind: "anonymous" },
          do: { kind: "list", resource: "Deal", where: "amount > 1" },
          expect: { kind: "rows", rows: [] },
        },
        {
          name: "A deal is won",
          given: [
            { name: "ada", resource: "Person", values: {} },
            { name: "deal", resource: "Deal", values: {} },
          ],
          as: { kind: "user", row: "ada", roles: ["rep"] },
          do: { kind: "update", row: "deal", action: "win", input: { reason: "Price" } },
          expect: { kind: "done", record: { stage: "won", owner: { row: "ada" } } },
        },
        {
          name: "Nothing is free",
          as: { kind: "service" },
          do: { kind: "create", resource: "Deal", action: "create", input: { amount: "-1.50" } },
          expect: { kind: "refused", code: "invalid_input", field: "amount" },
        },
      ] satisfies AppTest[],
    },
  ]);
});

test("a printed file reads as what was printed, and prints the same again", () => {
  const [file] = readFile(text).files;
  if (!file) throw new Error("nothing was read");
  const printed = printTests(file);
  const again = readFile(printed);
  expect(again.problems).toEqual([]);
  expect(again.files).toEqual([file]);
  expect(printTests(file)).toBe(printed);
  expect(printed).toMatchSnapshot();
});
