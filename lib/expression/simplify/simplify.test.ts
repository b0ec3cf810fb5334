import { describe, expect, test } from "vitest";
import { checkExpression } from "../check/checkExpression.ts";
import type { Expression } from "../Expression.ts";
import { dealScope } from "../testing/dealScope.ts";
import { shape } from "../testing/shape.ts";
import type { Value } from "../Value.ts";
import { contextPathsOf } from "./contextPathsOf.ts";
import { isRowLocal } from "./isRowLocal.ts";
import { simplify } from "./simplify.ts";

function checked(text: string): Expression {
  const { expression, problems } = checkExpression(text, dealScope());
  if (!expression) throw new Error(problems.map(({ message }) => message).join(" "));
  return expression;
}

const actor = new Map<string, Value>([
  ["actor.id", "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b"],
  ["actor.role", null],
  ["actor.roles", ["manager"]],
]);

describe("what depends on the actor alone is worked out", () => {
  test.each([
    ["'manager' in actor.roles", "true:boolean"],
    ["'manager' in actor.roles || amount > 1", "true:boolean"],
    ["'admin' in actor.roles || amount > 1", 'greater(record.amount, "1":decimal)'],
    ["'admin' in actor.roles && amount > 1", "false:boolean"],
    ["amount > 1 && !('manager' in actor.roles)", "false:boolean"],
    ["actor.role == 'admin'", "null:boolean"],
    ["actor.role == 'admin' && amount > 1", 'and(greater(record.amount, "1":decimal), null:boolean)'],
    ["actor.role == 'admin' && false", "false:boolean"],
    ["owner == actor", 'equal(record.ownerId, "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b":uuid)'],
    ["string(owner) == actor.role", "null:boolean"],
    ["actor.role == null ? amount > 1 : urgent", 'greater(record.amount, "1":decimal)'],
    ["coalesce(actor.role, 'guest') == 'guest'", "true:boolean"],
    ["exists(lines, 'admin' in actor.roles)", "false:boolean"],
    ["exists(lines, 'manager' in actor.roles)", "exists(related of record/lines)"],
    ["all(lines, 'manager' in actor.roles)", "true:boolean"],
    ["count(lines, 'admin' in actor.roles) == 0", "true:boolean"],
    ["sum(lines.price, 'admin' in actor.roles)", "null:decimal"],
    ["actor.roles.exists(r, r == 'manager')", "true:boolean"],
    [
      "arguments.count > 1 && today() > date('2026-01-31')",
      'and(greater($arguments.count, "1":integer), greater($today, "2026-01-31":date))',
    ],
  ])("%s", (text, expected) => {
    const simple = simplify(checked(text), ({ path }) => actor.get(path.join(".")));
    expect(shape(simple)).toBe(expected);
    expect(Object.isFrozen(simple)).toBe(true);
  });
});

test("which context values an expression needs", () => {
  const text = "owner == actor.id && company.owner == actor.id && at < now()".replace("at", "createdAt");
  expect(contextPathsOf(checked(text))).toEqual([["actor", "id"], ["now"]]);
  expect(contextPathsOf(checked("exists(lines, price > arguments.count)"))).toEqual([["arguments", "count"]]);
});

test.each([
  ["amount > 1 && stage == 'won'", true],
  ["owner == actor.id", true],
  ["tagNames.exists(t, t == title)", true],
  ["company.name == title", false],
  ["exists(lines)", false],
  ["contract == null", false],
])("%s: of the row alone %s", (text, expected) => {
  expect(isRowLocal(checked(text))).toBe(expected);
});
