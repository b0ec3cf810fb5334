import { afterAll, beforeAll, expect, test } from "vitest";
import { dealId, readResponse, type SalesApp, salesApp } from "../testing/salesApp.ts";
import { KeptDocuments } from "./KeptDocuments.ts";
import { sha256 } from "./sha256.ts";

/** Guarantee: Apollo's automatic persisted queries; what is kept for clients is bounded. */

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const query = "query Title($id: ID!) { deal(id: $id) { title } }";
const variables = { id: dealId(1) };
const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const hashed = persisted(sha256(query));

async function post(body: object, accept = "application/json") {
  const headers = { "content-type": "application/json", accept };
  return readResponse(await app.fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) }));
}

test("a hash is asked for, sent with its document, and known from then on", async () => {
  const unknown = await post({ ...hashed, variables });
  expect(unknown).toMatchObject({
    status: 200,
    errors: [{ message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }],
  });
  expect((await post({ ...hashed, variables }, "application/graphql-response+json")).status).toBe(400);
  const answer = { status: 200, data: { deal: { title: "Alpha" } }, errors: undefined };
  expect(await post({ ...hashed, query, variables })).toMatchObject(answer);
  expect(await post({ ...hashed, variables })).toMatchObject(answer);
  expect(await post({ ...hashed, variables, operationName: "Title" })).toMatchObject(answer);
  const parameters = new URLSearchParams({
    variables: JSON.stringify(variables),
    extensions: JSON.stringify(hashed.extensions),
  });
  expect(await readResponse(await app.fetch(`/graphql?${parameters}`))).toMatchObject(answer);
});

test("a hash that is not that of the document is refused, and nothing is kept under it", async () => {
  const wrong = persisted(sha256("{ __typename }"));
  expect(await post({ ...wrong, query, variables })).toMatchObject({
    errors: [{ message: "The hash is not that of the query." }],
  });
  expect(await post(wrong)).toMatchObject({ errors: [{ message: "PersistedQueryNotFound" }] });
});

test.each([
  [{ version: 2, sha256Hash: sha256(query) }],
  [{ version: 1, sha256Hash: "short" }],
  [{ version: 1 }],
  ["text"],
])("%j is no persisted query", async (persistedQuery) => {
  expect(await post({ extensions: { persistedQuery } })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: "invalid_request" } }],
  });
});

test("documents are forgotten when they get too many, the one not asked for longest first", () => {
  const kept = new KeptDocuments();
  const text = (letter: string) => letter.repeat(50_000);
  const letters = "abcdefghij";
  for (let round = 0; round < 8; round++) for (const letter of letters) kept.keep(`${letter}${round}`, text(letter));
  expect(kept.find("a0")).toBe(text("a"));
  kept.keep("more", "{ a }");
  expect([kept.find("a0"), kept.find("b0"), kept.find("more")]).toEqual([text("a"), null, "{ a }"]);
  kept.keep("long", "x".repeat(50_001));
  expect(kept.find("long")).toBeNull();
});
