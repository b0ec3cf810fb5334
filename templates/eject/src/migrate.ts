import { parseArgs } from "node:util";
import { wholeSql } from "#lib/compile/schema/wholeSql.ts";
import { expandDatabase, planDatabase } from "./database.ts";
import { readApp } from "./readApp.ts";
import { readSettings } from "./settings.ts";

// `npm run migrate`: gives the database what the model needs; `npm run migrate -- --plan` only shows the SQL.

try {
  const { values } = parseArgs({ options: { plan: { type: "boolean", default: false } } });
  const { ownerDatabaseUrl } = readSettings();
  const app = await readApp();
  const { steps, refusals } = await planDatabase(ownerDatabaseUrl, app);
  for (const step of steps) console.log(`-- ${step.sentence} (${step.cost})\n${wholeSql(step)}\n`);
  for (const { sentence } of refusals) console.error(sentence);
  if (refusals.length > 0) process.exit(1);
  if (steps.length === 0) console.log("The database has what the model needs.");
  if (!values.plan) await expandDatabase(ownerDatabaseUrl, app);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
