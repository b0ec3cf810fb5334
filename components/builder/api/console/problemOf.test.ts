import { expect, test } from "vitest";
import { problemOf } from "./problemOf.ts";

const answer = (status: number, body: unknown) => ({
  status,
  text: typeof body === "string" ? body : JSON.stringify(body),
  milliseconds: 1,
  headers: [],
  bytes: 0,
});
const url = "https://app.example";

test("a problem document is told with its fields, what would be allowed, and its page", () => {
  const body = {
    type: `${url}/docs/errors#unknown_field`,
    code: "unknown_field",
    title: "A field is not known",
    detail: "One part of the query is wrong.",
    errors: [{ field: "sort", rule: "unknown", message: "Did you mean amount?", allowed: ["amount", "stage"] }],
  };
  expect(problemOf(answer(400, body), url)).toEqual({
    sentence: "One part of the query is wrong.",
    code: "unknown_field",
    link: `${url}/docs/errors#unknown_field`,
    fields: [{ field: "sort", message: "Did you mean amount?", allowed: ["amount", "stage"] }],
  });
});

test("errors of GraphQL are told whatever their status", () => {
  const errors = [{ message: "Cannot query field x.", extensions: { code: "invalid_request" } }, { message: "And y." }];
  expect(problemOf(answer(200, { data: null, errors }), url)).toMatchObject({
    sentence: "Cannot query field x. And y.",
    code: "invalid_request",
  });
});

test("what is no refusal, or nothing that can be read, is none", () => {
  expect(problemOf(answer(200, { data: [] }), url)).toBeNull();
  expect(problemOf(answer(502, "<html>Bad gateway</html>"), url)).toBeNull();
  expect(problemOf(answer(200, { title: "A deal", detail: "of cards" }), url)).toBeNull();
  expect(problemOf(answer(400, "null"), url)).toBeNull();
});
