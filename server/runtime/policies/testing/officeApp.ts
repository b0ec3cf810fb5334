import { type Json, type RestAnswer, restClient } from "#server/runtime/rest/testing/restClient.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { officeModel } from "./officeModel.ts";

export interface ActAs {
  readonly kind?: "user" | "apiKey" | "anonymous";
  readonly id?: string;
  readonly roles?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface OfficeApp extends ServedApp {
  get(actor: ActAs, path: string): Promise<RestAnswer>;
  send(actor: ActAs, method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<RestAnswer>;
  ask(actor: ActAs, query: string): Promise<Json>;
}

const id = (group: number, number: number) =>
  `00000000-0000-4000-8000-${String(group).padStart(4, "0")}${String(number).padStart(8, "0")}`;
export const personId = (number: number) => id(1, number);
export const companyId = (number: number) => id(2, number);
export const dealId = (number: number) => id(3, number);
export const tagId = (number: number) => id(4, number);

export const ann: ActAs = { id: personId(1), roles: ["sales"] };
export const bob: ActAs = { id: personId(2), roles: ["guest"] };
export const admin: ActAs = { id: personId(3), roles: ["admin"] };
export const anonymous: ActAs = { kind: "anonymous" };

export async function officeApp(): Promise<OfficeApp> {
  const app = await servedApp(officeModel);
  await fill(app);
  const as = (actor: ActAs) =>
    restClient({
      fetch: (path, init = {}) => {
        const headers = new Headers(init.headers);
        headers.set("gantry-act-as", Buffer.from(JSON.stringify(actor)).toString("base64url"));
        return app.fetch(path, { ...init, headers });
      },
    });
  return {
    ...app,
    get: (actor, path) => as(actor).get(path),
    send: (actor, method, path, body) => as(actor).send(method, path, body),
    async ask(actor, query) {
      const response = await app.fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", "gantry-act-as": JSON.stringify(actor) },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
  };
}

/** Ann owns company 1 and deals 1 and 2, Bob company 2 and deals 3 and 4; nobody owns company 3 and deal 5. */
export async function fill({ sql }: Pick<ServedApp, "sql">): Promise<void> {
  await sql`truncate people, companies, deals, tags, deal_tags, tickets, notes, logs cascade`;
  await sql`insert into people (id, name, level) values
    (${personId(1)}, 'Ann', 1), (${personId(2)}, 'Bob', 2), (${personId(3)}, 'Cid', 3)`;
  await sql`insert into companies (id, name, secret, owner_id) values
    (${companyId(1)}, 'Acme', 's1', ${personId(1)}),
    (${companyId(2)}, 'Bolt', 's2', ${personId(2)}),
    (${companyId(3)}, 'Cord', 's3', null)`;
  await sql`insert into deals (id, title, amount, code, stage, company_id, owner_id) values
    (${dealId(1)}, 'One', 10, 'c1', 'lead', ${companyId(1)}, ${personId(1)}),
    (${dealId(2)}, 'Two', 20, 'c2', 'W', ${companyId(2)}, ${personId(1)}),
    (${dealId(3)}, 'Three', 30, 'c3', 'lead', ${companyId(1)}, ${personId(2)}),
    (${dealId(4)}, 'Four', 40, 'c4', 'W', ${companyId(2)}, ${personId(2)}),
    (${dealId(5)}, 'Five', 50, 'c5', 'lead', ${companyId(3)}, null)`;
  await sql`insert into tags (id, name) values (${tagId(1)}, 'plain'), (${tagId(2)}, 'hidden')`;
  await sql`insert into deal_tags (deal_id, tag_id) values
    (${dealId(1)}, ${tagId(1)}), (${dealId(1)}, ${tagId(2)}), (${dealId(3)}, ${tagId(1)})`;
}
