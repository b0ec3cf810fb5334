import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkExpression } from "../check/checkExpression.ts";
import { fromCanonical } from "../fromCanonical.ts";
import { simplify } from "../simplify/simplify.ts";
import { arbitraryExpression } from "../testing/arbitraryExpression.ts";
import { dealScope } from "../testing/dealScope.ts";
import { arbitrarySampleData } from "../testing/SampleData.ts";
import { toCanonical } from "../toCanonical.ts";
import { evaluate } from "./evaluate.ts";

const scope = dealScope();
const resources = ["Deal", "User", "Company", "Contract", "Activity", "Line"];
const cases = fc.tuple(arbitraryExpression(scope, { depth: 3 }), arbitrarySampleData(scope, resources));

test("an expression always has a value of its type", () => {
  fc.assert(
    fc.property(cases, ([text, data]) => {
      const { expression } = checkExpression(text, scope);
      for (const row of data.rows.filter(({ resource }) => resource === "Deal")) {
        if (!expression) continue;
        const value = evaluate(expression, data.environment(row));
        const canonical = toCanonical(expression.type, value);
        expect(canonical === null).toBe(value === null);
        if (expression.type.kind !== "list") expect(fromCanonical(expression.type, canonical)).toEqual(value);
      }
    }),
    { numRuns: 4000 },
  );
});

test("a simplified expression has the same value, whatever is known", () => {
  fc.assert(
    fc.property(cases, fc.infiniteStream(fc.boolean()), ([text, data], chance) => {
      const { expression } = checkExpression(text, scope);
      const [row] = data.rows.filter(({ resource }) => resource === "Deal");
      if (!expression || !row) return;
      const environment = data.environment(row);
      const known = new Map<string, boolean>();
      const simple = simplify(expression, ({ path }) => {
        const name = path.join(".");
        if (!known.has(name)) known.set(name, chance.next().value === true);
        return known.get(name) ? environment.context(path) : undefined;
      });
      expect(evaluate(simple, environment)).toEqual(evaluate(expression, environment));
    }),
    { numRuns: 4000 },
  );
});
