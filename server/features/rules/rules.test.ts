import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstFitting, fits } from "#lib/branches/fits.ts";
import type { SessionUser } from "#server/access/Principal.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { type BranchRule, defaultRules } from "./BranchRule.ts";

describe("a pattern", () => {
  test.each([
    ["main", "main", true],
    ["main", "main2", false],
    ["main", "x/main", false],
    ["*", "any/thing.at-all", true],
    ["release/*", "release/1.0", true],
    ["release/*", "release/1/0", true],
    ["release/*", "release", false],
    ["*-fix", "urgent-fix", true],
    ["a.b", "axb", false],
    ["a*b*c", "a1b2c", true],
    ["a*b*c", "a1c2b", false],
  ])("%s and the branch %s: %s", (pattern, branch, expected) => {
    expect(fits(pattern, branch)).toBe(expected);
  });

  test("of the first rule that fits holds", () => {
    expect(firstFitting(defaultRules, "main")?.environment).toBe("production");
    expect(firstFitting(defaultRules, "staging")?.environment).toBe("staging");
    expect(firstFitting(defaultRules, "staging/more")).toMatchObject({ environment: null, pattern: "*" });
    expect(firstFitting(defaultRules.slice(0, 2), "feature")).toBeNull();
  });

  test("with many stars is no work", () => {
    expect(fits(`${"*a".repeat(49)}b`, "a".repeat(100))).toBe(false);
  });
});

describe("a project's rules", () => {
  let plane: TestControlPlane;
  let ada: { readonly user: SessionUser; readonly organisation: string };

  beforeAll(async () => {
    plane = await testControlPlane();
    ada = await plane.person("Ada");
  });
  afterAll(() => plane[Symbol.asyncDispose]());

  async function scene() {
    const { rules } = plane.caller(ada.user).branches;
    const from = { kind: "blank" } as const;
    const { slug } = await plane
      .caller(ada.user)
      .projects.create({ organisation: ada.organisation, name: "Shop", from });
    const scope = { organisation: ada.organisation, project: slug };
    return {
      list: () => rules.list(scope),
      save: (next: readonly Partial<BranchRule>[], revision: string) =>
        rules.save({ ...scope, revision, rules: next.map((rule) => ({ ...automatic, ...rule })) }),
    };
  }

  const automatic = {
    pattern: "*",
    environment: null,
    deploys: "automatic",
    concurrent: "queue",
    copyOf: null,
  } as const;

  /** The fields that were complained about. */
  const refused = (saving: Promise<unknown>) =>
    saving.then(
      () => [],
      (error: { cause?: { fields?: readonly { field: string }[] } }) => error.cause?.fields?.map(({ field }) => field),
    );

  test("are the usual ones until somebody changes them, in an order, and again when all are taken away", async () => {
    const { list, save } = await scene();
    const first = await list();
    expect(first).toMatchObject({ isDefault: true, rules: defaultRules });
    const mine = [
      { pattern: "release/*", environment: "staging" },
      { pattern: "main", environment: "production", deploys: "byHand" as const },
      { pattern: "*", copyOf: "production" },
    ];
    const saved = await save(mine, first.revision);
    expect(saved).toMatchObject({ isDefault: false, rules: mine });
    expect(await list()).toEqual(saved);
    const turned = await save(mine.slice(0, 2).toReversed(), saved.revision);
    expect(turned.rules.map(({ pattern }) => pattern)).toEqual(["main", "release/*"]);
    expect(await save([], turned.revision)).toMatchObject({ isDefault: true, rules: defaultRules });
  });

  test("are not written over what somebody else changed meanwhile", async () => {
    const { list, save } = await scene();
    const { revision } = await list();
    const outcomes = await Promise.allSettled(["a", "b", "c"].map((pattern) => save([{ pattern }], revision)));
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect((await list()).rules).toHaveLength(1);
  });

  test("that make no sense are refused, each where it is wrong", async () => {
    const { list, save } = await scene();
    const { revision } = await list();
    const fields = (...rules: readonly Partial<BranchRule>[]) => refused(save(rules, revision));
    expect(await fields({ pattern: "a" }, { pattern: "a" })).toEqual(["rules.1.pattern"]);
    expect(await fields({ pattern: "*" }, { pattern: "main" })).toEqual(["rules.1.pattern"]);
    expect(await fields({ pattern: "a/*" }, { pattern: "a/b*" })).toEqual(["rules.1.pattern"]);
    expect(await fields({ copyOf: "nowhere" })).toEqual(["rules.0.copyOf"]);
    expect(await fields({ environment: "staging", copyOf: "production" })).toEqual(["rules.0.copyOf"]);
    for (const pattern of ["a b", "ä", "x".repeat(101)]) expect(await fields({ pattern })).toEqual(["rules.0.pattern"]);
    for (const environment of ["Prod", "a_b", "-", "x".repeat(60)]) {
      expect(await fields({ environment })).toEqual(["rules.0.environment"]);
    }
    expect(await fields(...Array.from({ length: 51 }, (_, index) => ({ pattern: `p${index}` })))).toEqual(["rules"]);
    expect(await list()).toMatchObject({ isDefault: true });
  });
});
