import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkExpression } from "../check/checkExpression.ts";
import { unboundedExpression } from "./arbitraryExpression.ts";
import { dealScope } from "./dealScope.ts";

test("what is made is well-typed, but for what is too large", () => {
  const scope = dealScope();
  const kinds = new Set<string>();
  fc.assert(
    fc.property(unboundedExpression(scope, { depth: 4 }), (text) => {
      const { expression, problems } = checkExpression(text, scope);
      const serious = problems.filter(({ code }) => !["too_long", "too_large", "too_deep"].includes(code));
      expect(serious).toEqual([]);
      if (expression) kinds.add(expression.kind);
    }),
    { numRuns: 3000 },
  );
  expect([...kinds].sort()).toEqual(["comprehension", "context", "field", "literal", "operation", "related"]);
});
