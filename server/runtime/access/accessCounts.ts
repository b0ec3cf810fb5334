import { z } from "zod";
import type { AccessCount, AccessCounts, AccessCountsSpec } from "#lib/compile/AccessCounts.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import { anonymousActor } from "#lib/plan/access/actors.ts";
import { isBroken } from "#lib/plan/access/matrix/draftRules.ts";
import { catalogOf } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, ReadPlan } from "#lib/plan/types.ts";
import type { Database } from "../exec/Database.ts";
import { planRunner } from "../exec/planRunner.ts";
import { StatementCache } from "../exec/StatementCache.ts";

/** One count, and all of them together. */
const countMilliseconds = 2000;
const allMilliseconds = 15_000;

const policy = z.looseObject({
  effect: z.enum(["allow", "forbid"]),
  actions: z.array(z.string().max(200)).max(200),
  expression: z.string().max(100_000),
});

const shape = z.strictObject({
  resources: z.array(z.strictObject({ resource: z.string(), policies: z.array(policy).max(1000) })).max(100),
  roles: z.array(z.string().max(200)).max(50),
});

/** What to count, as it was sent. Throws AppError when it is none. */
export function readAccessCounts(input: unknown): AccessCountsSpec {
  const result = shape.safeParse(input);
  if (!result.success) throw new AppError("invalid_input", "These are no policies to try.", { cause: result.error });
  return input as AccessCountsSpec;
}

export interface Counting {
  /** As it is served: in the columns of its database. */
  readonly model: Model;
  readonly database: Database;
}

/** How many records each kind of people may read by the policies that hold, and by those that are tried. */
export async function accessCounts({ model, database }: Counting, spec: AccessCountsSpec): Promise<AccessCounts> {
  const tried = new Map(spec.resources.map(({ resource, policies }) => [resource, policies]));
  // A role that only the other policies know is one that they may name.
  const named = [...new Set([...(model.app.roles ?? []).map(({ name }) => name), ...spec.roles])];
  const other: Model = {
    ...model,
    app: { ...model.app, roles: named.map((name) => ({ name })) },
    resources: model.resources.map((resource) => {
      const policies = tried.get(resource.name);
      return policies ? { ...resource, policies } : resource;
    }),
  };
  const until = performance.now() + allMilliseconds;
  const [before, after] = [counter(model, database), counter(other, database)];
  const counts: AccessCount[] = [];
  const askers = askersOf(spec.roles);
  for (const { name } of model.resources.filter((resource) => tried.has(resource.name))) {
    for (const { asker, actor } of askers) {
      if (performance.now() > until) return { counts, broken: true };
      counts.push({ resource: name, asker, before: await before(name, actor), after: await after(name, actor) });
    }
  }
  return { counts, broken: false };
}

function askersOf(roles: readonly string[]) {
  const user = (role: string | null): { readonly asker: AccessCount["asker"]; readonly actor: Actor } => ({
    asker: { kind: "user", role },
    actor: { ...anonymousActor, kind: "user", roles: role === null ? [] : [role] },
  });
  return [...roles.map(user), user(null), { asker: { kind: "anonymous", role: null } as const, actor: anonymousActor }];
}

/** Null where it takes too long, or where the policies cannot be understood. */
function counter(model: Model, database: Database): (resource: string, actor: Actor) => Promise<number | null> {
  const sound = model.resources.every(({ name }) => !isBroken(model, name));
  if (!sound) return async () => null;
  const catalog = catalogOf(model);
  const statements = new StatementCache(catalog);
  return async (resource, actor) => {
    try {
      const json = await database.transaction(async (within) => {
        await within.answer(statement("SET TRANSACTION READ ONLY"));
        await within.answer(statement(`SET LOCAL statement_timeout = ${countMilliseconds}`));
        return await planRunner({ catalog, statements, database, within, prepare: false })(actor, countPlan(resource));
      });
      return json === null ? null : countIn(json);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === "forbidden" || error.code === "unauthenticated") return 0;
      if (error.code === "timed_out") return null;
      throw error;
    }
  };
}

const statement = (text: string) => ({ text, parameters: [], prepare: false });

function countPlan(resource: string): ReadPlan {
  const summary = {
    groups: [],
    measures: [{ function: "count" }],
    having: [],
    order: [],
    size: 1,
    output: [{ kind: "groups", as: "data", members: [{ kind: "measure", as: "count", measure: 0 }] }],
  } as const;
  return { shape: { kind: "summary", resource, where: null, summary }, parameters: [] };
}

function countIn(json: Uint8Array): number | null {
  const answer: unknown = JSON.parse(Buffer.from(json).toString("utf8"));
  return z.object({ data: z.tuple([z.object({ count: z.number() })]) }).parse(answer).data[0].count;
}
