import { readFile } from "node:fs/promises";
import postgres from "postgres";
import type { Model } from "#lib/model/types.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import type { DealKeys } from "./works.ts";

/** A database with the bench's rows on a server; answers its address. */
export async function benchDatabase(adminUrl: string, model: Model): Promise<string> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin`create database bench template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`;
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = "/bench";
  await applyModelTo(url.href, model);
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  const script = await readFile(new URL("./rows.sql", import.meta.url), "utf8");
  for (const statement of script.split(/;\n/)) if (statement.trim() !== "") await sql.unsafe(statement);
  await sql.end();
  return url.href;
}

export async function benchDeals(url: string): Promise<readonly DealKeys[]> {
  const sql = postgres(url, { max: 1 });
  const deals = await sql<{ id: string; company: string; contact: string }[]>`
    select id, company_id as company, contact_id as contact from deals order by md5(title) limit 1000`;
  await sql.end();
  return [...deals];
}
