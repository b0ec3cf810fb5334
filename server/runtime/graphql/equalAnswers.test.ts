import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  arbitraryQuestion,
  type Cursor,
  graphqlVariables,
  type Question,
  restQuery,
} from "./testing/arbitraryQuestion.ts";
import { type SalesApp, salesApp } from "./testing/salesApp.ts";

/** The same questions through both protocols: whatever one answers or refuses, the other does too. */

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

interface Answer {
  readonly records: readonly unknown[];
  readonly next: string | null;
  readonly previous: string | null;
  readonly count: number;
}

type Item = Readonly<Record<string, unknown>>;

async function byRest(question: Question, cursor: Cursor | null): Promise<Answer | null> {
  const response = await app.fetch(`/rest/v1/deals?${restQuery(question, cursor)}`);
  const body = await response.text();
  if (response.status >= 500) throw new Error(body);
  if (!response.ok) return null;
  const { data, page, count } = JSON.parse(body) as {
    data: Item[];
    page: Pick<Answer, "next" | "previous">;
    count: number;
  };
  const records = data.map(({ ownerId, company, ...rest }) => {
    return { ...rest, ownerId: ownerId === null ? null : String(ownerId), company: (company as Item).name };
  });
  return { records, ...page, count };
}

const query = `query ($filter: DealFilter, $order: [DealOrderBy!], $first: Int, $last: Int, $after: String, $before: String) {
  deals(filter: $filter, orderBy: $order, first: $first, last: $last, after: $after, before: $before) {
    totalCount
    nodes { id title stage amount quantity points ratio hot closedOn createdAt token extra companyId ownerId company { name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Connection {
  readonly deals: {
    readonly totalCount: number;
    readonly nodes: readonly Item[];
    readonly pageInfo: Readonly<Record<"hasNextPage" | "hasPreviousPage", boolean>> &
      Readonly<Record<"startCursor" | "endCursor", string | null>>;
  };
}

async function byGraphql(question: Question, cursor: Cursor | null): Promise<Answer | null> {
  const { status, data, errors, text } = await app.ask(query, { ...graphqlVariables(question, cursor) });
  if (status >= 500 || errors?.some(({ extensions }) => extensions.code === "internal")) throw new Error(text);
  if (errors) return null;
  const { totalCount, nodes, pageInfo } = (data as Connection).deals;
  return {
    records: nodes.map((node) => ({ ...node, company: (node.company as Item).name })),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    previous: pageInfo.hasPreviousPage ? pageInfo.startCursor : null,
    count: totalCount,
  };
}

test("REST and GraphQL answer the same questions alike, page by page", { timeout: 120_000 }, async () => {
  let refused = 0;
  let pages = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryQuestion, async (question) => {
      let cursor: Cursor | null = null;
      for (let page = 0; page < 3; page++) {
        const [rest, graphql]: readonly (Answer | null)[] = await Promise.all([
          byRest(question, cursor),
          byGraphql(question, cursor),
        ]);
        expect(graphql).toEqual(rest);
        if (!rest) refused += 1;
        else if (rest.records.length > 0) pages += 1;
        // There, then back again.
        const side = question.backward && page === 1 ? "before" : "after";
        const text: string | null = (side === "before" ? rest?.previous : rest?.next) ?? null;
        if (text === null) return;
        cursor = { side, text };
      }
    }),
    { numRuns: 300 },
  );
  // The questions are worth asking: most are answered with something, some are refused.
  expect(pages).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(5);
});
