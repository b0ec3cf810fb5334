import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeRead } from "./testing/judgeRead.ts";
import { judgeWrite } from "./testing/judgeWrite.ts";
import { Random } from "./testing/Random.ts";
import { randomModel } from "./testing/randomModel.ts";
import { randomRead } from "./testing/randomRead.ts";
import { randomWrite } from "./testing/randomWrite.ts";
import { openStage, randomActor } from "./testing/Stage.ts";
import { randomWorld, store } from "./testing/World.ts";

const models = 12;
const requestsOfEach = 450;

test("nothing shows that the oracle forbids, and nothing is missing that it allows", { timeout: 300_000 }, async () => {
  const counts = { answered: 0, refused: 0, changed: 0, notChanged: 0 };
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
      const random = new Random(seed);
      const model = randomModel(random);
      await using stage = await openStage(model);
      let world = randomWorld(stage.catalog, random);
      await store(world, stage.catalog, stage.database);
      for (let number = 0; number < requestsOfEach; number += 1) {
        const actor = randomActor(random);
        const source = { random, catalog: stage.catalog, world };
        const plan = random.chance(0.6) ? randomRead(source) : null;
        const request = plan ? null : randomWrite(source);
        try {
          if (plan) counts[await judgeRead({ stage, world, actor, plan })] += 1;
          if (request) {
            const changed = await judgeWrite({ stage, world, actor, request, withRelated: random.chance(0.3) });
            counts[changed ? "changed" : "notChanged"] += 1;
            world = changed ?? world;
          }
        } catch (error) {
          const policies = model.resources.map(
            ({ name, policies, fieldPolicies, relationships, calculations, aggregates }) => ({
              name,
              policies,
              fieldPolicies,
              relationships,
              calculations,
              aggregates,
            }),
          );
          console.error(JSON.stringify({ number, policies, actor, plan, request }, null, 1));
          throw error;
        }
      }
    }),
    { numRuns: models, endOnFailure: true },
  );
  // A run in which nearly everything is refused would prove little.
  expect(counts.answered).toBeGreaterThan(counts.refused);
  console.info(counts);
});
