import { TRPCError } from "@trpc/server";
import type postgres from "postgres";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { fillTables } from "#tests/support/filledTables.ts";
import type { Principal } from "../access/Principal.ts";
import { procedures } from "../access/procedures.ts";
import { createCaller, rootRouter } from "../trpc/root.ts";
import { withoutFilters } from "./testing/withoutFilters.ts";

/** Words of theirs that must never come out: all that was written into their rows, and the rows' names. */
const marker = "bravo";

let plane: TestControlPlane;
let ours: Awaited<ReturnType<typeof fillTables>>;
let theirs: typeof ours;
let who: Principal;
beforeAll(async () => {
  plane = await testControlPlane();
  // Theirs are first: where a statement without its filter takes any row, it takes theirs.
  theirs = await fillTables(plane.db, marker);
  ours = await fillTables(plane.db, "alpha");
  const user = { id: String(ours.get("users")?.id), email: "alpha@example.com", name: "Alpha" };
  who = { user, by: "session", credentialId: null, scopes: null, onlyOrganisationId: null, secondFactor: true };
});
afterAll(() => plane[Symbol.asyncDispose]());

interface Known {
  readonly _def: { readonly type: string; readonly inputs: readonly z.ZodType[] };
}

const known = rootRouter._def.procedures as unknown as Readonly<Record<string, Known>>;
const queries = Object.keys(procedures).filter((path) => known[path]?._def.type === "query");

/** What a request sends where the shape of its input does not say enough. */
const special: Readonly<Record<string, unknown>> = {
  environment: "production",
  branch: "main",
  from: "main",
  into: "main",
};

/** And of single procedures. */
const particular: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "branches.compare": { from: "main", into: "other" },
  "usage.month": { month: "2026-11" },
};

/** An input of the right shape; every id in it is that of a row of theirs. */
function inputFor(path: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const schema of known[path]?._def.inputs ?? []) {
    const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
    for (const name of shape.required ?? [])
      given[name] = special[name] ?? sample(shape.properties?.[name] ?? {}, name);
  }
  return { ...given, ...particular[path], organisation: ours.get("organisations")?.slug };
}

interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly minItems?: number;
}

function sample(shape: Shape, name: string): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return sample(shape.anyOf[0] ?? {}, name);
  switch (shape.type) {
    case "string":
      if (shape.format === "uuid") return idOfTheirs(name);
      if (shape.pattern?.includes("0-9a-f")) return "a".repeat(40);
      return shape.format === "date-time" ? new Date(0).toISOString() : "main";
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "array":
      return shape.minItems ? [sample(shape.items ?? {}, name)] : [];
    case "object":
      return Object.fromEntries(
        (shape.required ?? []).map((part) => [part, special[part] ?? sample(shape.properties?.[part] ?? {}, part)]),
      );
    default:
      return "main";
  }
}

function idOfTheirs(name: string): unknown {
  const table = `${name.replace(/Id$/, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}s`;
  return theirs.get(table)?.id ?? theirs.get("deployments")?.id;
}

/** All that is answered to a procedure, whether it succeeds or not, as one text. */
async function answerTo(path: string, system: Database): Promise<string> {
  const context = { db: system, system, who, address: null, userAgent: null, requestId: crypto.randomUUID() };
  let procedure: unknown = createCaller(context);
  for (const name of path.split(".")) procedure = (procedure as Record<string, unknown>)[name];
  try {
    return superjson.stringify(await (procedure as (input: unknown) => Promise<unknown>)(inputFor(path)));
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return `${error.cause instanceof AppError ? `${error.cause.code} ${JSON.stringify(error.cause.fields)}` : "defect"}: ${error.message}`;
  }
}

/** The same database, whose statements in the name of an organisation lose their conditions; it may forget to be bound, too. */
function forgetful({ bound }: { readonly bound: boolean }): Database {
  const { $client } = plane.db;
  type Begin = (work: (scope: postgres.TransactionSql) => unknown) => Promise<unknown>;
  const begin: Begin = (work) =>
    ($client.begin as unknown as Begin)((scope) =>
      work(
        new Proxy(scope, {
          get(target, name) {
            if (name !== "unsafe") return Reflect.get(target, name) as unknown;
            return (text: string, ...rest: [postgres.ParameterOrJSON<never>[], object]) => {
              const becoming = text.includes("gantry.organisation");
              return target.unsafe(
                becoming && !bound ? "set local gantry.unbound = 'true'" : withoutFilters(text),
                ...rest,
              );
            };
          },
        }),
      ),
    );
  return Object.create(plane.db, { $client: { value: { options: $client.options, begin } } }) as Database;
}

describe.each(queries)("%s", (path) => {
  test("with every filter forgotten, answers with nothing of another organisation", async () => {
    const answer = await answerTo(path, forgetful({ bound: true }));
    expect(answer).not.toMatch(/^invalid_input/);
    expect(answer).not.toContain(marker);
  });

  test("asked for the other's ids, answers with nothing of theirs", async () => {
    expect(await answerTo(path, plane.db)).not.toContain(marker);
  });
});

test("without row-level security the forgotten filters would have told of the other's rows", async () => {
  const told: string[] = [];
  for (const path of queries) if ((await answerTo(path, forgetful({ bound: false }))).includes(marker)) told.push(path);
  expect(told.length).toBeGreaterThan(7);
  expect(told).toEqual(expect.arrayContaining(["projects.list", "exports.list", "sso.domains.list"]));
});

test("forgetting takes the conditions of all parts of a statement, and nothing else", () => {
  expect(withoutFilters(`select a from t where "x" = $1 and (b or c) order by a limit $2`)).toBe(
    `select a from t where (("x" = $1 and (b or c)) or true) order by a limit $2`,
  );
  expect(
    withoutFilters("select (select 1 from u where u.a = t.a) from t where d = 'where x order by' group by d"),
  ).toBe(
    "select (select 1 from u where ((u.a = t.a) or true)) from t where ((d = 'where x order by') or true) group by d",
  );
  expect(withoutFilters("select 1")).toBe("select 1");
});
