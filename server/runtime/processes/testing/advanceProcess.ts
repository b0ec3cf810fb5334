import { readFile } from "node:fs/promises";
import type { MailSpec } from "#lib/compile/Snapshot.ts";
import type { Model } from "#lib/model/types.ts";
import { Database } from "../../exec/Database.ts";
import { App } from "../../host/App.ts";
import { Environment } from "../../host/Environment.ts";
import { HeldRun } from "../HeldRun.ts";
import { advanceDue } from "../runPump.ts";

/**
 * A runtime of its own that goes on with the runs of a database, and that ends itself as `kill -9` does: at a transaction
 * of a run, counted from 1, before it begins or right after it is committed.
 */
export interface AdvancePlan {
  readonly url: string;
  /** File with the JSON of the model. */
  readonly model: string;
  readonly mail: MailSpec;
  readonly kill: { readonly when: "before" | "after"; readonly at: number } | null;
}

const plan: AdvancePlan = JSON.parse(process.env.ADVANCE_PLAN ?? "");
const model: Model = JSON.parse(await readFile(plan.model, "utf8"));

let count = 0;
function end(when: "before" | "after", at: number): void {
  if (plan.kill?.when === when && plan.kill.at === at) process.kill(process.pid, "SIGKILL");
}

const { transaction } = HeldRun.prototype;
HeldRun.prototype.transaction = async function counted(...given) {
  count += 1;
  const at = count;
  end("before", at);
  await transaction.apply(this, given);
  end("after", at);
};

const snapshot = { format: 1, hash: "killed", model } as const;
const database = new Database(plan.url);
const environment = new Environment({
  spec: {
    id: "killed",
    label: "killed",
    revision: 1,
    release: 1,
    commit: "c".repeat(40),
    snapshot,
    databaseUrl: plan.url,
    apiKeys: [],
    mail: plan.mail,
    egress: { allow: ["127.0.0.1"] },
  },
  app: new App(snapshot),
  database,
});
await advanceDue({ environment, signal: new AbortController().signal });
process.exit(0);
