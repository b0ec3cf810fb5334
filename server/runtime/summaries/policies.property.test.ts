import fc from "fast-check";
import { expect, test } from "vitest";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { catalogOf, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { FieldFunction } from "#lib/plan/read/summary/measureType.ts";
import type { Actor } from "#lib/plan/types.ts";
import { Eyes } from "#server/runtime/policies/testing/Eyes.ts";
import { Random } from "#server/runtime/policies/testing/Random.ts";
import { randomModel } from "#server/runtime/policies/testing/randomModel.ts";
import { randomActor } from "#server/runtime/policies/testing/Stage.ts";
import { type Row, randomWorld, store } from "#server/runtime/policies/testing/World.ts";
import { servedApp } from "#tests/support/servedApp.ts";
import { expectedSummary } from "./testing/expectedSummary.ts";
import {
  type AskedField,
  fromGraphql,
  fromRest,
  graphqlQuery,
  randomQuestion,
  restQuery,
} from "./testing/SummaryQuestion.ts";

/** Records that policies hide do not count, and fields that they hide count as null, in both protocols. */

const models = 4;
const questionsOfEach = 120;

const numbers: readonly FieldFunction[] = ["countDistinct", "sum", "avg", "min", "max"];

function fieldsOf(entity: Entity, entities: ReadonlyMap<string, Entity>): readonly AskedField[] {
  const own = (at: Entity, before: string): readonly AskedField[] => [
    { path: `${before}flag`, kind: "boolean", measures: ["countDistinct"] },
    { path: `${before}n`, kind: "integer", measures: numbers },
    { path: `${before}t`, kind: "text", measures: ["countDistinct", "min", "max"] },
    ...["next", "counted", "most"].flatMap((name): readonly AskedField[] =>
      at.computed.has(name) ? [{ path: before + name, kind: "integer", measures: numbers }] : [],
    ),
  ];
  const related = [...entity.relationships.values()].filter(isToOne).flatMap(({ name, target }) => {
    const at = entities.get(target);
    return at ? own(at, `${name}.`) : [];
  });
  return [...own(entity, ""), ...related];
}

test("REST and GraphQL come to what an actor sees", { timeout: 240_000 }, async () => {
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
        const eyes = new Eyes({ catalog, world, actor });
        const entity = random.pick([...catalog.entities.values()]);
        const question = randomQuestion(random, fieldsOf(entity, catalog.entities));
        const shown = (row: Row, { path }: AskedField) => {
          const [name = "", ...hops] = path.split(".").toReversed();
          const at = hops.toReversed().reduce<Row | null>((each, hop) => each && eyes.one(each, hop), row);
          return at && eyes.value(at, name);
        };
        const rows = eyes.all(entity.name);
        const { plural } = entity.resource;
        const headers = { "gantry-act-as": headerOf(actor), "content-type": "application/json" };
        const rest = await app.fetch(`/rest/v1/${plural}:summary?${restQuery(question)}`, { headers });
        const body = (await rest.json()) as Record<string, unknown>;
        const response = await app.fetch("/graphql", {
          method: "POST",
          headers,
          body: JSON.stringify({ query: graphqlQuery(question, plural) }),
        });
        const { data, errors } = (await response.json()) as { data: unknown; errors?: readonly Refused[] };
        const told = `${seed} ${JSON.stringify(actor)} ${plural} ${restQuery(question)}`;
        if (rest.status === 200) {
          answered += 1;
          const expected = expectedSummary(rows, question, shown);
          expect(fromRest(body, question), told).toEqual(expected);
          expect(errors, told).toBeUndefined();
          expect(fromGraphql(data, question), told).toEqual(expected);
        } else if (body.code === "forbidden_field") {
          for (const { field } of body.errors as readonly { field: string }[]) {
            const hidden = { path: field, kind: "text", measures: [] } as const;
            const isField = entityNamed(catalog, entity.name).relationships.get(field) === undefined;
            expect(isField ? rows.map((row) => shown(row, hidden)) : [], told).toEqual(rows.map(() => null));
          }
          expect(errors?.[0]?.extensions.code, told).toBe(body.code);
        } else {
          expect(["forbidden", "unauthenticated"], told).toContain(body.code);
          expect(rows, told).toEqual([]);
          if (rest.status !== 401) expect(errors?.[0]?.extensions.code, told).toBe(body.code);
        }
      }
    }),
    { numRuns: models, endOnFailure: true },
  );
  expect(answered).toBeGreaterThan((models * questionsOfEach) / 4);
});

interface Refused {
  readonly extensions: { readonly code: string };
}

function headerOf({ kind, id, roles, attributes }: Actor): string {
  return JSON.stringify(kind === "anonymous" ? { kind } : { id, roles, attributes });
}
