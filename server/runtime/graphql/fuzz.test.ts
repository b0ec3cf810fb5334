import * as fc from "fast-check";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { graphqlSdl } from "#lib/codegen/graphql/graphqlSdl.ts";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { arbitraryRequest } from "./testing/arbitraryRequest.ts";
import { type SalesApp, salesApp } from "./testing/salesApp.ts";

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** Words of the database and of the program's own files; no request holds one. */
const inner =
  /person_no|deal_tags|company_id|tag_id|Points; drop|pg_|SQLSTATE|syntax error at|select |json_build|node_modules|\.ts\b|postgres/i;

const refusals = [
  ...["invalid_request", "invalid_input", "invalid_cursor", "unknown_field", "conflict", "not_found"],
  ...["method_not_allowed", "unsupported_media_type"],
];

test("whatever is asked, the answer is one for the caller, and tells nothing of the inside", {
  timeout: 120_000,
}, async () => {
  const counts = { data: 0, refused: 0 };
  const request = arbitraryRequest(buildSchema(graphqlSdl(salesModel)));
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
      await Promise.all(
        requests.map(async ({ body }) => {
          const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
          const response = await app.fetch("/graphql", { method: "POST", headers, body });
          const text = await response.text();
          const { data, errors = [] } = JSON.parse(text) as {
            readonly data?: object | null;
            readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
          };
          expect([200, 400], text).toContain(response.status);
          expect(data !== undefined, text).toBe(response.status === 200);
          for (const { message, extensions } of errors) {
            expect(message, text).toMatch(/\S/);
            expect(refusals, text).toContain(extensions.code);
          }
          expect(text).not.toMatch(inner);
          if (data) counts.data += 1;
          else counts.refused += 1;
        }),
      );
    }),
    { numRuns: 350 },
  );
  expect(counts.data).toBeGreaterThan(300);
  expect(counts.refused).toBeGreaterThan(500);
});
