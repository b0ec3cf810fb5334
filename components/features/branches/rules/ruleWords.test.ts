import { expect, test } from "vitest";
import type { ShownRule } from "../Branch.ts";
import { ruleWords } from "./ruleWords.ts";

const rule: ShownRule = {
  pattern: "main",
  environment: "production",
  deploys: "automatic",
  concurrent: "queue",
  copyOf: null,
};

test.each<[Partial<ShownRule>, string]>([
  [{}, "The branch main is deployed to production with every change. Changes wait for each other."],
  [
    { pattern: "*", environment: null, concurrent: "supersede", copyOf: "production" },
    "Any other branch is deployed to a preview of its own, which begins with the masked rows of production, with every change. A newer change takes the place of one that still waits.",
  ],
  [
    { pattern: "release/*", environment: "staging", deploys: "byHand" },
    "Each branch whose name begins with release/ is deployed to staging when somebody says so. Changes wait for each other.",
  ],
  [{ pattern: "*-draft", deploys: "never" }, "Each branch whose name ends with -draft is never deployed."],
  [{ pattern: "a*b", deploys: "never" }, "Each branch that fits a*b is never deployed."],
  [{ pattern: "*a*", deploys: "never" }, "Each branch that fits *a* is never deployed."],
])("%j is said as a sentence", (change, sentence) => {
  expect(ruleWords({ ...rule, ...change })).toBe(sentence);
});
