import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../../errors/AppError.ts";
import { printSources } from "../print/printSources.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { drawCommand } from "../testing/arbitraryCommand.ts";
import { drawModel, sortResources } from "../testing/arbitraryModel.ts";
import type { Draw } from "../testing/draw.ts";
import { commentsOf, roughen } from "../testing/roughen.ts";
import type { Model } from "../types.ts";
import { applyCommand } from "./applyCommand.ts";
import type { Change } from "./Change.ts";
import { changeModel } from "./changeModel.ts";

test("a command changes the sources into ones that say what it means, however they are written", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const { model, sources, command, change } = drawCase(draw);
      if (!command || !change) return;
      const edited = applyCommand(sources, command);
      expect({ command, sources, edited, says: readModel(edited).draft }).toEqual({
        command,
        sources,
        edited,
        says: sorted(change.model),
      });
      expect(pick(edited, untouched(model, change, sources))).toEqual(untouched(model, change, sources));
      if (/^(add|move)/.test(command.type)) {
        expect({ command, sources, edited, comments: allComments(edited) }).toEqual({
          command,
          sources,
          edited,
          comments: allComments(sources),
        });
      }
    }),
    // A shrunk case would be no smaller in kind, and finding it takes minutes.
    { numRuns: 250, endOnFailure: true },
  );
});

test("on damaged files a command is carried out or refused in words", () => {
  const scraps = [
    "{",
    "}",
    ",",
    "text()",
    "x: text(),",
    "...a",
    "(",
    ")",
    '"',
    "as const",
    "id: 1",
    ": ",
    "null",
    "`a`",
    "/*",
  ];
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const { sources } = drawCase(draw);
      const paths = Object.keys(sources);
      const path = paths[draw(fc.nat, { max: paths.length - 1 })] ?? "";
      const text = sources[path] ?? "";
      const [at, cut] = [draw(fc.nat, { max: text.length }), draw(fc.nat, { max: 8 })];
      const scrap = scraps[draw(fc.nat, { max: scraps.length - 1 })] ?? "";
      const damaged = { ...sources, [path]: text.slice(0, at) + scrap + text.slice(at + cut) };
      const command = drawCommand(draw, readModel(damaged).draft);
      if (command) attempt(() => applyCommand(damaged, command));
    }),
    { numRuns: 250, endOnFailure: true },
  );
});

function drawCase(draw: Draw) {
  const model = drawModel(draw);
  const sources = Object.fromEntries(
    Object.entries(printSources(model)).map(([path, text]) => [path, roughen(draw, text)]),
  );
  expect({ sources, says: readModel(sources).draft }).toEqual({ sources, says: model });
  const command = drawCommand(draw, model);
  return { model, sources, command, change: command && attempt(() => changeModel(model, command)) };
}

/** What an action gives; null when it is refused as it should be. */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function sorted(model: Model): Model {
  const { valueObjects } = model;
  return {
    ...model,
    resources: sortResources(model.resources),
    ...(valueObjects ? { valueObjects: sortResources(valueObjects) } : {}),
  };
}

/** The files of resources that the change leaves alone. */
function untouched(model: Model, change: Change, sources: Sources): Sources {
  const { places } = readModel(sources);
  const same = model.resources.filter((resource) => change.model.resources.includes(resource));
  return Object.fromEntries(
    same.map(({ name }) => places.rangeOf([name])?.file ?? "").map((path) => [path, sources[path] ?? ""]),
  );
}

function pick(sources: Sources, like: Sources): Sources {
  return Object.fromEntries(Object.keys(like).map((path) => [path, sources[path] ?? "missing"]));
}

function allComments(sources: Sources): readonly string[] {
  return Object.values(sources).flatMap(commentsOf).sort();
}
