import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { notesModel } from "../rest/features/testing/notesModel.ts";

let app: ServedApp;
beforeAll(async () => {
  app = await servedApp(notesModel);
});
afterAll(() => app[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
async function ask(query: string): Promise<any> {
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function note(title: string): Promise<string> {
  const { data } = await ask(`mutation { createNote(input: {title: "${title}"}) { result { id version } } }`);
  return data.createNote.result.id;
}

test("a record's history tells each change as far as it is asked for", async () => {
  const id = await note("First");
  await ask(`mutation { updateNote(id: "${id}", input: {title: "Second"}) { result { id } } }`);
  const { data } = await ask(
    `{ past: noteHistory(id: "${id}", first: 1) { next changes: nodes { action actor { id } after __typename } } }`,
  );
  expect(data.past).toMatchObject({
    next: expect.stringMatching(/^\d+$/),
    changes: [{ action: "update", actor: { id: "test" }, after: { title: "Second" }, __typename: "RecordChange" }],
  });
  const older = await ask(`{ noteHistory(id: "${id}", after: "${data.past.next}") { nodes { action before } next } }`);
  expect(older.data.noteHistory).toEqual({ nodes: [{ action: "create", before: null }], next: null });
  const wrong = await ask(`{ noteHistory(id: "${id}", after: "x") { next } }`);
  expect([wrong.data, wrong.errors[0].extensions.code]).toEqual([{ noteHistory: null }, "invalid_cursor"]);
  expect((await ask('{ noteHistory(id: "nobody") { next } }')).data).toEqual({ noteHistory: null });
});

test("a change from an old version is told in the payload", async () => {
  const id = await note("Old");
  const change = (title: string) =>
    ask(
      `mutation { updateNote(id: "${id}", version: 1, input: {title: "${title}"}) { result { version } errors { code } } }`,
    );
  expect((await change("New")).data.updateNote).toEqual({ result: { version: 2 }, errors: [] });
  expect((await change("Late")).data.updateNote).toEqual({ result: null, errors: [{ code: "version_mismatch" }] });
});

test("what was destroyed comes back by restore", async () => {
  const id = await note("Gone");
  await ask(`mutation { destroyNote(id: "${id}") { result { id } } }`);
  expect((await ask(`{ note(id: "${id}") { id } }`)).data.note).toBe(null);
  const { data } = await ask(`mutation { restoreNote(id: "${id}") { result { title deletedAt } errors { code } } }`);
  expect(data.restoreNote).toEqual({ result: { title: "Gone", deletedAt: null }, errors: [] });
});
