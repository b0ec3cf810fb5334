import postgres from "postgres";
import type { Model } from "#lib/model/types.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";

/** Databases of a model, made from one that is brought to it as a deploy does. */
export async function benchDatabases(server: string, model: Model, count: number): Promise<readonly string[]> {
  const admin = postgres(server, { max: 4, onnotice: () => {} });
  const name = `bench_${Math.random().toString(36).slice(2)}`;
  await admin.unsafe(
    `create database ${name} template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`,
  );
  await applyModelTo(addressOf(server, name), model);
  const names = Array.from({ length: count - 1 }, (_, number) => `${name}_${number}`);
  for (const copy of names) await admin.unsafe(`create database ${copy} template ${name}`);
  await admin.end();
  return [name, ...names].map((one) => addressOf(server, one));
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
