import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import { type Catalog, catalogOf } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, Plan, RunPlan } from "#lib/plan/types.ts";
import { Database } from "#server/runtime/exec/Database.ts";
import { planRunner } from "#server/runtime/exec/planRunner.ts";
import { StatementCache } from "#server/runtime/exec/StatementCache.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import type { Random } from "./Random.ts";
import { roles, texts } from "./randomModel.ts";
import { keyOf } from "./World.ts";

export type Outcome = { readonly json: unknown } | { readonly refused: AppError };

/** A random app on a database of its own, asked through the runtime's planner and compiler. */
export interface Stage extends AsyncDisposable {
  readonly catalog: Catalog;
  readonly database: ModelDatabase;
  /** Defects are thrown, refusals are not. */
  ask(actor: Actor, plan: Plan): Promise<Outcome>;
}

export async function openStage(model: Model): Promise<Stage> {
  const database = await modelDatabase(model);
  const catalog = catalogOf(model);
  const own = new Database(database.url, { readers: 1, writers: 1 });
  const run: RunPlan = planRunner({ catalog, statements: new StatementCache(catalog), database: own });
  return {
    catalog,
    database,
    async ask(actor, plan) {
      try {
        const answer = await run(actor, plan);
        return { json: answer === null ? undefined : JSON.parse(Buffer.from(answer).toString("utf8")) };
      } catch (error) {
        if (error instanceof AppError && error.status < 500) return { refused: error };
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await own.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export function randomActor(random: Random): Actor {
  if (random.chance(0.08)) {
    return { kind: "anonymous", id: null, roles: [], tenant: null, attributes: {}, unrestricted: false };
  }
  return {
    kind: "user",
    id: random.chance(0.9) ? keyOf(0, random.below(4)) : null,
    roles: random.some(roles, 0.4),
    tenant: null,
    attributes: {
      n: random.chance(0.8) ? String(random.below(4)) : null,
      flag: random.chance(0.8) ? String(random.chance(0.5)) : null,
      t: random.chance(0.8) ? random.pick(texts) : null,
    },
    unrestricted: false,
  };
}
