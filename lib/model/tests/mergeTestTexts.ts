import { mergeList } from "../merge/mergeList.ts";
import { sameJson } from "../merge/sameJson.ts";
import { readTestText } from "../read/FileReading.ts";
import type { AppTest } from "../testTypes.ts";
import { editTests } from "./editTests.ts";

interface ThreeTexts {
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
}

/**
 * Theirs with my tests on top, each test by its name; null where a file cannot be read, or both sides changed the same test
 * in their own ways.
 */
export function mergeTestTexts(path: string, { base, mine, theirs }: ThreeTexts): string | null {
  const sides = { base: contentOf(base), mine: contentOf(mine), theirs: contentOf(theirs) };
  if (!sides.base || !sides.mine || !sides.theirs) return null;
  let isContested = false;
  const contest = <T>(kept: T): T => {
    isContested = true;
    return kept;
  };
  const tests = mergeList<AppTest>(
    { base: sides.base.tests, mine: sides.mine.tests, theirs: sides.theirs.tests },
    {
      identity: ({ name }) => name,
      same: sameJson,
      merge: (was, ours, other) => {
        if (sameJson(ours, other) || (was && sameJson(was, ours))) return other;
        return was && sameJson(was, other) ? ours : contest(ours);
      },
      onRemovedAndChanged: () => contest(true),
    },
  );
  const describe = sides.mine.describe === sides.base.describe ? sides.theirs.describe : sides.mine.describe;
  if (isContested) return null;
  const after = { ...(describe !== undefined && { describe }), tests };
  return editTests(path, theirs, { before: sides.theirs, after });
}

function contentOf(text: string) {
  const { content, reading } = readTestText(text);
  return reading.problems.length === 0 ? content : null;
}
