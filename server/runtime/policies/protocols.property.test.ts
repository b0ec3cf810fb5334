import fc from "fast-check";
import { expect, test } from "vitest";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { type Catalog, catalogOf, type Entity } from "#lib/plan/catalog/Catalog.ts";
import { completeOrder } from "#lib/plan/read/completeOrder.ts";
import type { Actor, Selection } from "#lib/plan/types.ts";
import { servedApp } from "#tests/support/servedApp.ts";
import { Eyes } from "./testing/Eyes.ts";
import { expectedRead, type ListOrOne } from "./testing/expectedRead.ts";
import { Random } from "./testing/Random.ts";
import { randomModel } from "./testing/randomModel.ts";
import { randomActor } from "./testing/Stage.ts";
import { randomValue, randomWorld, store } from "./testing/World.ts";

const models = 3;
const questionsOfEach = 100;

/** A list that both protocols can be asked for. */
interface Question {
  readonly entity: Entity;
  readonly path: readonly string[];
  readonly value: string | number | boolean;
  readonly sort: string;
  readonly descending: boolean;
  /** A relationship to one. */
  readonly include: string | null;
}

const shown = ["id", "flag", "n", "t"];

function randomQuestion(random: Random, catalog: Catalog): Question {
  const entity = random.pick([...catalog.entities.values()]);
  const ones = [...entity.relationships.values()].filter(isToOne);
  const hop = ones.length > 0 && random.chance(0.5) ? [random.pick(ones).name] : [];
  const field = random.pick(["flag", "n", "t"]);
  let value = randomValue(field, random, "");
  while (value === null) value = randomValue(field, random, "");
  return {
    entity,
    path: [...hop, field],
    value,
    sort: random.pick(["n", "t", "flag"]),
    descending: random.chance(0.5),
    include: ones.length > 0 && random.chance(0.6) ? random.pick(ones).name : null,
  };
}

function planOf({ entity, path, value, sort, descending, include }: Question): ListOrOne {
  const fields: Selection = shown.map((field) => ({ kind: "field", as: field, field }));
  const selection: Selection = include
    ? [...fields, { kind: "one", as: include, relationship: include, selection: fields }]
    : fields;
  const list = {
    where: { kind: "compare", path, operator: "eq", parameter: 0 },
    order: completeOrder([{ path: [sort], descending }]),
    page: { size: 100, fromEnd: false, after: null, before: null },
    output: {
      kind: "object",
      members: [
        { kind: "items", as: "data", selection },
        { kind: "count", as: "count" },
      ],
    },
  } as const;
  return { shape: { kind: "many", resource: entity.name, list }, parameters: [String(value)] };
}

function restPathOf({ entity, path, value, sort, descending, include }: Question): string {
  const sign = descending ? "-" : "";
  const fields = `fields=${shown.join()}${include ? `&include=${include}&fields[${include}]=${shown.join()}` : ""}`;
  const filter = `filter[${path.join(".")}][eq]=${value}`;
  return `/rest/v1/${entity.resource.plural}?${filter}&sort=${sign}${sort}&page[size]=100&count=exact&${fields}`;
}

function graphqlOf({ entity, path, value, sort, descending, include }: Question): string {
  const filter = path.reduceRight((inner, name) => `{${name}: ${inner}}`, `{eq: ${JSON.stringify(value)}}`);
  const order = `[{${sort}: ${descending ? "DESC" : "ASC"}}, {id: ${descending ? "DESC" : "ASC"}}]`;
  const fields = shown.join(" ");
  const members = include ? `${fields} ${include} { ${fields} }` : fields;
  const args = `filter: ${filter}, orderBy: ${order}, first: 100`;
  return `{ list: ${entity.resource.plural}(${args}) { nodes { ${members} } totalCount } }`;
}

const refusals = ["forbidden", "forbidden_field", "unauthenticated"];

test("REST and GraphQL show an actor what the oracle says", { timeout: 200_000 }, async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
      const random = new Random(seed);
      const model = randomModel(random);
      const catalog = catalogOf(model);
      await using app = await servedApp(model);
      const world = randomWorld(catalog, random);
      await store(world, catalog, app);
      for (let number = 0; number < questionsOfEach; number += 1) {
        const actor = randomActor(random);
        const question = randomQuestion(random, catalog);
        const eyes = new Eyes({ catalog, world, actor });
        const expected = expectedRead(planOf(question), { catalog, world, eyes });
        const headers = { "gantry-act-as": headerOf(actor), "content-type": "application/json" };
        const rest = await app.fetch(restPathOf(question), { headers });
        const { page: _, ...list } = (await rest.json()) as Record<string, unknown>;
        const body = JSON.stringify({ query: graphqlOf(question) });
        const graphql = await app.fetch("/graphql", { method: "POST", headers, body });
        const { data, errors } = (await graphql.json()) as { data?: { list: Json } | null; errors?: readonly Json[] };
        const told = JSON.stringify({ actor, question: { ...question, entity: question.entity.name } });
        if (rest.status === 200) {
          answered += 1;
          expect(list, told).toEqual(expected);
          expect({ data: data?.list.nodes, count: data?.list.totalCount }, told).toEqual(expected);
        } else {
          expect(refusals, told).toContain(list.code);
          // A caller without a name may be refused before the protocol is looked at.
          if (rest.status !== 401) expect(errors?.[0]?.extensions?.code, told).toBe(list.code);
          // An order by what shows in no record is refused, too.
          const { data: rows } = expected as Json;
          const isHidden = rows.every((record: Json) => record[question.sort] === null);
          expect(list.code === "forbidden_field" ? isHidden : rows.length === 0, told).toBe(true);
        }
      }
    }),
    { numRuns: models, endOnFailure: true },
  );
  expect(answered).toBeGreaterThan((models * questionsOfEach) / 4);
});

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as a whole
type Json = any;

function headerOf({ kind, id, roles, attributes }: Actor): string {
  return JSON.stringify(kind === "anonymous" ? { kind } : { id, roles, attributes });
}
