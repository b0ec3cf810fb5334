import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkExpression } from "../check/checkExpression.ts";
import { arbitraryExpression } from "../testing/arbitraryExpression.ts";
import { dealScope } from "../testing/dealScope.ts";
import { describeExpression } from "./describeExpression.ts";

test.each([
  ["stage != 'won' && owner == actor.id", "the stage is not won and the owner is the person asking"],
  ["'admin' in actor.roles", "the person asking has the role admin"],
  [
    "actor.role == 'manager' || company.owner == actor",
    "the role of the person asking is manager or the company's owner is the person asking",
  ],
  ["stage in ['won', 'lost']", "the stage is won or lost"],
  ["!(stage in ['won', 'lost'])", "the stage is neither won nor lost"],
  ["stage != 'won' && dueOn < today()", "the stage is not won and the due on is before today"],
  ["amount >= 1000", "the amount is at least 1000"],
  ["!(amount >= 1000)", "the amount is less than 1000"],
  ["dueOn == null || !has(owner)", "the due on is empty or the owner is empty"],
  ["urgent && !(urgent == false)", "it is urgent and it is urgent"],
  [
    "urgent && (amount > 1 || amount < 0)",
    "it is urgent and either the amount is greater than 1 or the amount is less than 0",
  ],
  ["exists(activities)", "there are some of the activities"],
  [
    "exists(activities, at > now() - duration('24h'))",
    "one of the activities is such that its at is after 24 hours before now",
  ],
  ["all(lines, price > 0)", "every one of the lines is such that its price is greater than 0"],
  ["count(activities, done) > 3", "the number of the activities for which it is done is greater than 3"],
  ["sum(lines.price) > amount", "the sum of the price of the lines is greater than the amount"],
  ["title.startsWith('A')", "the title begins with “A”"],
  ["arguments.reason == ''", "the given reason is “”"],
  ["effort > duration('P7D')", "the effort is greater than 7 days"],
  ["title.substring(0, 1)  ==  'A'", "`title.substring(0, 1) == 'A'`"],
  ["true", "always"],
])("%s", (text, words) => {
  const { expression, problems } = checkExpression(text, dealScope());
  expect(problems).toEqual([]);
  expect(expression && describeExpression(expression, text)).toBe(words);
});

test("whatever the expression, there are words or its text", () => {
  const scope = dealScope();
  fc.assert(
    fc.property(arbitraryExpression(scope), (text) => {
      const { expression } = checkExpression(text, scope);
      expect(expression && describeExpression(expression, text)).toMatch(/^[^`]+$|^`[\s\S]+`$/);
    }),
    { numRuns: 500 },
  );
});
