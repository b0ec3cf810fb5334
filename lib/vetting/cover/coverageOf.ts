import { testId } from "../../model/tests/testFiles.ts";
import type { TestFile } from "../../model/testTypes.ts";
import type { Model } from "../../model/types.ts";
import type { Mutant } from "../mutate/Mutant.ts";
import { mutantsOf } from "../mutate/mutantsOf.ts";
import { proposeTests } from "../propose/proposeTests.ts";
import type { Coverage, ResourceCoverage, Unnoticed } from "./Coverage.ts";
import { firstToNotice, type Watching, watchingOf } from "./whoNotices.ts";

export interface CoverageStep {
  readonly done: number;
  readonly total: number;
}

/**
 * Holds the tests of an app against each change of its model, one after the other, so that whoever drives it can do
 * something else in between; returns what came of it.
 */
export function* coverageOf(model: Model, files: readonly TestFile[]): Generator<CoverageStep, Coverage> {
  const tests = files.flatMap((file) => file.tests.map((test) => ({ id: testId(file.name, test.name), test })));
  const watching = watchingOf(model, tests);
  const watched = new Set(watching.map(({ id }) => id));
  const mutants = mutantsOf(model);
  const missed: Unnoticed[] = [];
  const missedDrops = new Set<Mutant>();
  let done = 0;
  for (const mutant of mutants) {
    if (!firstToNotice(mutant, watching)) {
      const { id, kind, resource, part, sentence } = mutant;
      missed.push({ id, kind, resource, part, sentence, proposals: proposalsFor(model, mutant) });
      if (mutant.drops) missedDrops.add(mutant);
    }
    done += 1;
    yield { done, total: mutants.length };
  }
  const beyond = tests.filter(({ id }) => !watched.has(id)).map(({ id }) => id);
  return { resources: byResource(model, missed, missedDrops), unnoticed: missed, tried: mutants.length, beyond };
}

const known = new WeakMap<Model, ReadonlyMap<string, readonly Watching[]>>();

/** Ids of proposals about the same part that would notice the change. */
function proposalsFor(model: Model, mutant: Mutant): readonly string[] {
  let byPart = known.get(model);
  if (!byPart) {
    const { proposals } = proposeTests(model);
    const watching = proposals.map(({ id, part, test }) => ({
      part: part.join("."),
      id,
      test,
      resources: new Set<string>(),
    }));
    byPart = Map.groupBy(watching, ({ part }) => part);
    known.set(model, byPart);
  }
  const near = byPart.get(mutant.part.join(".")) ?? [];
  const telling = near.map((one) => ({ ...one, resources: new Set([mutant.resource]) }));
  const first = firstToNotice(mutant, telling);
  return first ? [first.id] : [];
}

function byResource(
  model: Model,
  missed: readonly Unnoticed[],
  drops: ReadonlySet<Mutant>,
): readonly ResourceCoverage[] {
  const dropped = new Set([...drops].map(({ id }) => id));
  return model.resources.flatMap(({ name }) => {
    const parts = new Set(
      mutantsOf(model)
        .filter(({ resource, drops: isDrop }) => resource === name && isDrop)
        .map(({ part }) => part.join(".")),
    );
    if (parts.size === 0) return [];
    const open = missed.filter(({ resource, id }) => resource === name && dropped.has(id));
    const first = new Map(open.map((one) => [one.part.join("."), one]));
    const uncovered = [...first.values()].map(({ kind, part, sentence, proposals }) => ({
      kind,
      part,
      sentence,
      proposals,
    }));
    return [{ resource: name, covered: parts.size - uncovered.length, total: parts.size, uncovered }];
  });
}
