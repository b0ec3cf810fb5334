import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

/** What `/graphql` answered. */
export interface GraphqlResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly GraphqlError[] | undefined;
}

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: { readonly code: string; readonly fields?: readonly Record<string, unknown>[] };
}

export interface SalesApp extends ServedApp {
  /** POSTs an operation; `variables` may be JSON text, for numbers that JavaScript cannot hold. */
  ask(query: string, variables?: Readonly<Record<string, unknown>> | string): Promise<GraphqlResponse>;
  /** The same, for what must succeed: `data`, taken for the shape that the test expects. */
  data<Shape = unknown>(query: string, variables?: Readonly<Record<string, unknown>> | string): Promise<Shape>;
}

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
export const companyId = (number: number) => id(100 + number);
export const dealId = (number: number) => id(200 + number);

/** The sales model, or one with the same tables, with three companies, three people, three tags and six deals. */
export async function salesApp(model: Model = salesModel): Promise<SalesApp> {
  const app = await servedApp(model);
  await fill(app);
  const post = async (body: string) => {
    const response = await app.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return readResponse(response);
  };
  const ask: SalesApp["ask"] = (query, variables = {}) => {
    const text = typeof variables === "string" ? variables : JSON.stringify(variables);
    return post(`{"query":${JSON.stringify(query)},"variables":${text}}`);
  };
  return {
    ...app,
    ask,
    async data<Shape>(query: string, variables?: Readonly<Record<string, unknown>> | string) {
      const { data, errors, text } = await ask(query, variables);
      if (errors || data === undefined) throw new Error(text);
      return data as Shape;
    },
  };
}

export async function readResponse(response: Response): Promise<GraphqlResponse> {
  const text = await response.text();
  const { data, errors } = JSON.parse(text);
  return { status: response.status, headers: response.headers, text, data, errors };
}

/** Puts the rows back as they were in the beginning. */
export async function fill({ sql }: Pick<ServedApp, "sql">): Promise<void> {
  await sql`truncate companies, deals, people, tags, deal_tags restart identity cascade`;
  await sql`insert into companies (id, name, city, size, parent_id) values
    (${companyId(1)}, 'Acme', 'Berlin', 'L', null),
    (${companyId(2)}, 'Bolt', 'Paris', 'S', ${companyId(1)}),
    (${companyId(3)}, 'Cord', null, null, ${companyId(1)})`;
  await sql`insert into people (name, boss_id) values ('Ann', null), ('Bob', 1), ('Cid', 1)`;
  await sql`insert into tags (id, colour) values ('hot', 'red'), ('new', 'green'), ('vip', null)`;
  await sql`insert into deals (id, title, stage, amount, quantity, "Points; drop", ratio, hot, closed_on, created_at, token, extra, company_id, owner_id) values
    (${dealId(1)}, 'Alpha', 'lead', '100.50', 1, '9007199254740993', '0.1', 'true', '2026-01-01', '2026-01-01T08:00:00Z', ${id(1)}, '{"a":[1,null]}', ${companyId(1)}, 1),
    (${dealId(2)}, 'Beta', 'won', '250.00', 2, '-5', null, 'false', '2026-02-01', '2026-01-02T08:00:00Z', ${id(2)}, null, ${companyId(1)}, 2),
    (${dealId(3)}, 'Gamma', 'won', null, null, null, '1.50', null, null, '2026-01-03T08:00:00Z', null, '"text"', ${companyId(2)}, 2),
    (${dealId(4)}, 'alphabet', 'lost', '0.01', 4, '0', '-2', 'true', '2025-12-31', '2026-01-04T08:00:00Z', null, '5', ${companyId(2)}, null),
    (${dealId(5)}, 'it''s 100%', 'lead', '99999.99', 5, '9223372036854775807', '12345678901234567890.123456789', null, '2026-01-01', '2026-01-05T08:00:00.123456Z', null, 'null', ${companyId(3)}, 3),
    (${dealId(6)}, 'größe 🐘', 'lost', '250.00', -6, '1', '0', 'false', null, '2026-01-06T08:00:00Z', null, null, ${companyId(3)}, null)`;
  await sql`insert into deal_tags (deal_id, tag_id) values
    (${dealId(1)}, 'hot'), (${dealId(1)}, 'new'), (${dealId(2)}, 'hot'), (${dealId(5)}, 'vip')`;
}
