import * as fc from "fast-check";
import { BreakingChangeType, buildSchema, findBreakingChanges, GraphQLSchema } from "graphql";
import { expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { graphqlSdl } from "../../codegen/graphql/graphqlSdl.ts";
import { openApiDocument } from "../../codegen/openapi/openApiDocument.ts";
import { AppError } from "../../errors/AppError.ts";
import { changeModel } from "../../model/commands/changeModel.ts";
import type { ModelCommand } from "../../model/commands/ModelCommand.ts";
import { printSources } from "../../model/print/printSources.ts";
import { readModel } from "../../model/read/readModel.ts";
import { drawCommand } from "../../model/testing/arbitraryCommand.ts";
import { drawModel } from "../../model/testing/arbitraryModel.ts";
import type { Draw } from "../../model/testing/draw.ts";
import type { Model } from "../../model/types.ts";
import { documentNarrowings } from "../testing/documentNarrowings.ts";
import { apiChanges } from "./apiChanges.ts";

const options = { url: "https://app.example", release: 1 };

test("without a breaking change every request of before is allowed after, by both documents", {
  timeout: 60_000,
}, () => {
  const seen = { broken: 0, kept: 0 };
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const drawn = drawPair(draw);
      if (!drawn) return;
      const { before, after, command } = drawn;
      const breaking = apiChanges(before, after).filter(({ severity }) => severity === "breaking");
      if (breaking.length > 0) {
        seen.broken += 1;
        return;
      }
      seen.kept += 1;
      const refused = [
        ...documentNarrowings(openApiDocument(before, options), openApiDocument(after, options)),
        ...schemaNarrowings(before, after),
      ];
      expect({ command, refused }).toEqual({ command, refused: [] });
    }),
    { numRuns: 160, seed: testSeed, endOnFailure: true },
  );
  // One command each: most show their meaning alone.
  expect(seen.broken).toBeGreaterThan(15);
  expect(seen.kept).toBeGreaterThan(15);
});

test("a model beside itself, and one that only grew, breaks nothing", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const model = drawModel(draw);
      const same: Model = JSON.parse(JSON.stringify(model));
      expect(apiChanges(model, same)).toEqual([]);
      const [first] = model.resources;
      if (!first || model.resources.some(({ name }) => name === "Zebra")) return;
      const grown = changeModel(changeModel(model, { type: "addResource", name: "Zebra" }).model, {
        type: "addAttribute",
        resource: first.name,
        name: "quiteNew",
        options: { type: { kind: "text" } },
      }).model;
      const told = apiChanges(model, grown).map(({ kind, severity }) => `${severity} ${kind}`);
      expect(told).toContain("compatible resourceAdded");
      expect(told).toContain("compatible fieldAdded");
      expect(told.filter((each) => !each.startsWith("compatible"))).toEqual([]);
    }),
    { numRuns: 60, seed: testSeed, endOnFailure: true },
  );
});

/** What graphql-js finds of it that would refuse a request: that a value may now be null refuses none. */
function schemaNarrowings(before: Model, after: Model): readonly string[] {
  const [old, now] = [reachable(graphqlSdl(before)), reachable(graphqlSdl(after))];
  return (
    findBreakingChanges(old, now)
      .filter(({ type, description }) => !(type === BreakingChangeType.FIELD_CHANGED_KIND && onlyNullable(description)))
      .map(({ description }) => description)
      // They stand where there is nothing to ask or to order by yet.
      .filter((description) => !/^Field (Query\.empty|\w+\._) was removed\.$/.test(description))
  );
}

/** Without types that no operation leads to: nobody can name them. */
function reachable(sdl: string): GraphQLSchema {
  const schema = buildSchema(sdl);
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  return new GraphQLSchema({ query, mutation, subscription: schema.getSubscriptionType() });
}

function onlyNullable(description: string): boolean {
  const [, was = "", is = ""] = /from (\S+) to (\S+?)\.?$/.exec(description) ?? [];
  return was.replaceAll("!", "") === is.replaceAll("!", "");
}

function drawPair(draw: Draw): { before: Model; after: Model; command: ModelCommand } | null {
  const before = drawModel(draw);
  const command = drawCommand(draw, before);
  if (!command) return null;
  try {
    const { model: after } = changeModel(before, command);
    return isSound(before) && isSound(after) ? { before, after, command } : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function isSound(model: Model): boolean {
  return readModel(printSources(model)).model !== null;
}
