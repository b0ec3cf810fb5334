import postgres from "postgres";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { startBenchServer } from "../benchServer.ts";
import { residentMemory } from "../cpuTime.ts";
import { readApp } from "../readApp.ts";
import { benchKey, environmentOf, startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";

const copies = 100;

/** What the runtime holds with none, one and a hundred deployed copies of the CRM template, each on its own database. */
export async function benchMemory(): Promise<void> {
  await using server = await startBenchServer();
  const model = await readApp(new URL("../../../templates/crm", import.meta.url).pathname);
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin`create database crm template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`;
  await applyModelTo(addressOf(server.url, "crm"), model);
  await using runtime = await startRuntime();
  const { key, spec } = benchKey();
  const rows = [["copies deployed and asked once", "resident MB"]];
  rows.push(["0", residentMemory(runtime.pid).toFixed(0)]);
  for (let copy = 1; copy <= copies; copy++) {
    const name = `crm_${copy}`;
    await admin.unsafe(`create database ${name} template crm`);
    const databaseUrl = addressOf(server.url, name);
    await runtime.deploy(environmentOf({ label: `crm-${copy}`, model, databaseUrl, key: spec }));
    await askOnce(runtime.app(`crm-${copy}`), key);
    if (copy === 1 || copy === copies) rows.push([String(copy), residentMemory(runtime.pid).toFixed(0)]);
  }
  await admin.end();
  console.log(`\nMemory of the runtime\n\n${table(rows)}`);
}

async function askOnce(app: string, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const rest = await fetch(`${app}/rest/v1/companies?include=contacts`, { headers });
  const body = JSON.stringify({ query: "{ companies { nodes { id name } } }" });
  const graphql = await fetch(`${app}/graphql`, { method: "POST", headers, body });
  if (!rest.ok || !graphql.ok) throw new Error(`${rest.status} ${await rest.text()} ${await graphql.text()}`);
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
