import { expect, test } from "vitest";
import { appOperations, operationText } from "./appOperations.ts";
import { readApp } from "./readApp.ts";

/** Guarantee: operations in an app's sources fit its schema, or are refused with their place. */

const sources = {
  "gantry.config.ts": 'import { app } from "gantry";\nexport default app({ name: "Shop" });\n',
  "domain/note.ts":
    'import { resource, text } from "gantry";\nexport default resource("Note", { attributes: { title: text({ required: true }) } });\n',
};

const shared = `# Of the start page.
query Notes($first: Int) { notes(first: $first) { nodes { ...Shown } } }
query OneNote($id: ID!) { note(id: $id) { ...Shown id } }
mutation Write($title: String!) { createNote(input: { title: $title }) { result { id } errors { code } } }
fragment Shown on Note { title }
`;

test("are carried along with the model, each with the fragments that it needs", () => {
  const { model, problems } = readApp({ ...sources, "operations/notes.graphql": shared });
  expect(problems).toEqual([]);
  expect(model?.operations).toEqual([{ file: "operations/notes.graphql", text: shared }]);
  const operations = appOperations(model ?? {});
  expect(operations.map(({ name, file }) => [name, file])).toEqual(
    ["Notes", "OneNote", "Write"].map((name) => [name, "operations/notes.graphql"]),
  );
  expect(operations.map(({ text }) => text.includes("fragment Shown"))).toEqual([true, true, false]);
});

test("a model without any says nothing of them", () => {
  expect(readApp(sources).model).not.toHaveProperty("operations");
});

test.each([
  ["query A { notes {", "operation_syntax", 1, 18],
  ["query A {\n  notes { nodes { titel } } }", "operation_invalid", 2, 19],
  ["query A($id: ID!) { notes { totalCount } }", "operation_invalid", 1, 9],
  ["{ notes { totalCount } }", "operation_name", 1, 1],
  ["query A { notes { totalCount } }\nquery A { notes { totalCount } }", "operation_invalid", 1, 7],
  ["type A { a: Int }", "operation_invalid", 1, 1],
])("%j is refused", (text, code, line, column) => {
  const { model, problems } = readApp({ ...sources, "operations/a.graphql": text });
  expect(model).toBeNull();
  expect(problems[0]).toMatchObject({ code, file: "operations/a.graphql", range: { start: { line, column } } });
});

test("a name is that of one operation of the app", () => {
  const text = "query Same { notes { totalCount } }";
  const { problems } = readApp({ ...sources, "operations/a.graphql": text, "operations/b.graphql": text });
  expect(problems).toMatchObject([{ code: "operation_name", file: "operations/b.graphql" }]);
  expect(problems[0]?.message).toContain("`Same` is also in operations/a.graphql");
});

test("too many of them are refused", () => {
  const { model, problems } = readApp({ ...sources, "operations/a.graphql": `#${"x".repeat(1024 * 1024)}` });
  expect([model, problems[0]?.code]).toEqual([null, "too_large"]);
});

test("spaces, comments and the order of fragments make no other operation", () => {
  const one = "query A { note(id: 1) { ...F } } fragment F on Note { id }";
  const two = "# this\nfragment F on Note {\n  id\n}\n\nquery A {\n  note(id: 1) {\n    ...F\n  }\n}";
  expect(operationText(one)).toBe(operationText(two));
  expect(operationText(one)).not.toBe(operationText(one.replace("id: 1", "id: 2")));
  expect(operationText("query {")).toBeNull();
  expect(operationText(`${one} query B { note(id: 2) { id } }`)).toBeNull();
});
