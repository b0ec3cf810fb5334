import { afterAll, beforeAll, expect, test } from "vitest";
import { restPath } from "#lib/model/naming/restPath.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { type Catalog, catalogOf, readableFields } from "#lib/plan/catalog/Catalog.ts";
import { Random } from "#tests/support/Random.ts";
import { type ServedTemplate, servedTemplate, templateSources } from "#tests/support/servedTemplate.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { drawQuestion, graphqlQuestion, type Question, restQuestion } from "./testing/Question.ts";

/**
 * The same random questions to REST and to GraphQL, about an app that has what the language can say: calculations and
 * aggregates, search, named reads, destroyed records, nested lists with pages and orders, summaries; by several actors
 * under policies. Both answer the same, or refuse with the same code. SEED repeats a run.
 */

const seed = testSeed;
const questions = 400;

const member = (number: number) => `0197f000-0000-7000-8000-00030000000${number}`;
const actors: readonly (object | null)[] = [
  null,
  { id: member(1), roles: ["manager"] },
  { id: member(2), roles: ["sales"] },
  { id: member(6), roles: ["support"] },
  { roles: ["reader"] },
  { roles: [] },
];

let crm: ServedTemplate;
let catalog: Catalog;
const known = new Map<string, readonly string[]>();

beforeAll(async () => {
  crm = await servedTemplate("crm");
  const { model } = readModel(await templateSources("crm"));
  if (!model) throw new Error("The template has no model.");
  catalog = catalogOf(model);
  for (const entity of catalog.entities.values()) {
    const path = `/${restPath(entity.resource)}`;
    const names = readableFields(entity).map(({ name }) => name);
    const { data } = (await crm.system.get(`${path}?page[size]=60&fields=${names.join()}`)).body;
    for (const name of names) {
      const values = (data as readonly Record<string, unknown>[]).map((record) => record[name]);
      const texts = values.filter((value) => value !== null && typeof value !== "object").map(String);
      known.set(`${entity.name}.${name}`, [...new Set(texts)]);
    }
    // Where destroyed records are kept, one of them is hidden from now on.
    const [first] = data as readonly { readonly id: string }[];
    if (entity.resource.features?.softDelete && first) await crm.system.destroy(`${path}/${first.id}`);
  }
});
afterAll(() => crm[Symbol.asyncDispose]());

type Json = Readonly<Record<string, unknown>>;

interface Outcome {
  readonly code: string;
  readonly answer: unknown;
}

const headersOf = (actor: object | null): Record<string, string> => ({
  "content-type": "application/json",
  ...(actor && { "gantry-act-as": JSON.stringify(actor) }),
});

async function askRest(question: Question, actor: object | null): Promise<Outcome> {
  const response = await crm.app.fetch(restQuestion(question), { headers: headersOf(actor) });
  const body = (await response.json()) as Json;
  if (response.status >= 500) throw new Error(`${restQuestion(question)}: ${JSON.stringify(body)}`);
  return response.ok ? { code: "", answer: body } : { code: String(body.code), answer: null };
}

async function askGraphql(question: Question, actor: object | null): Promise<Outcome> {
  const { query, variables } = graphqlQuestion(question);
  const body = JSON.stringify({ query, variables });
  const response = await crm.app.fetch("/graphql", { method: "POST", headers: headersOf(actor), body });
  const { data, errors } = (await response.json()) as {
    data?: { it: Json };
    errors?: readonly { extensions: { code: string } }[];
  };
  const [error] = errors ?? [];
  if (error?.extensions.code === "internal") throw new Error(`${query} ${JSON.stringify(errors)}`);
  if (error || !data) return { code: error?.extensions.code ?? "none", answer: null };
  return { code: "", answer: question.summary ? summaryOf(data.it.summary as Json) : listOf(data.it, true) };
}

/** A connection as REST answers a list. */
function listOf({ nodes, pageInfo, totalCount }: Json, isWhole: boolean): Json {
  const { hasNextPage, hasPreviousPage, endCursor, startCursor } = pageInfo as Json;
  const page = {
    next: hasNextPage ? endCursor : null,
    previous: isWhole && hasPreviousPage ? startCursor : null,
  };
  return { data: (nodes as readonly Json[]).map(recordOf), page, ...(isWhole && { count: totalCount }) };
}

function recordOf(node: Json): Json {
  const members = Object.entries(node).map(([name, value]): [string, unknown] => {
    if (typeof value !== "object" || value === null) return [name, value];
    return [name, "nodes" in value ? listOf(value as Json, false) : recordOf(value as Json)];
  });
  return Object.fromEntries(members);
}

function summaryOf({ groups, truncated }: Json): Json {
  const data = (groups as readonly Json[]).map(({ key = {}, ...measures }) => ({ group: key, ...measures }));
  return { data, truncated };
}

test(`REST and GraphQL answer the same questions alike (SEED=${seed})`, { timeout: 300_000 }, async () => {
  const random = new Random(seed);
  const codes = new Map<string, number>();
  let records = 0;
  for (let number = 0; number < questions; number++) {
    const question = drawQuestion({ random, catalog, known });
    const actor = random.pick(actors);
    const [rest, graphql] = await Promise.all([askRest(question, actor), askGraphql(question, actor)]);
    const place = `${JSON.stringify(actor)} ${restQuestion(question)}\n${JSON.stringify(graphqlQuestion(question))}`;
    expect(graphql, place).toEqual(rest);
    codes.set(rest.code, (codes.get(rest.code) ?? 0) + 1);
    records += ((rest.answer as { data?: readonly unknown[] } | null)?.data ?? []).length;
  }
  // The questions are worth asking: most are answered with something, some may not be asked.
  expect(codes.get("") ?? 0).toBeGreaterThan(questions / 2);
  expect(records).toBeGreaterThan(questions / 2);
  expect(codes.get("forbidden") ?? 0).toBeGreaterThan(5);
});
