import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dealScope } from "../testing/dealScope.ts";
import { shape } from "../testing/shape.ts";
import { type CheckOptions, checkExpression } from "./checkExpression.ts";

function shapeOf(text: string, options: CheckOptions = {}): string {
  const { expression, problems } = checkExpression(text, dealScope(), options);
  return problems.length > 0 ? problems.map(({ message }) => message).join(" / ") : shape(expression);
}

describe("names", () => {
  test.each([
    ["amount", "record.amount"],
    ["record.amount", "record.amount"],
    ["company.owner.email", "record.company.owner.email"],
    ["companyId", "record.companyId"],
    ["address.city", "record.address.city"],
    ["meta.a[0]['b c']", "record.meta.a.0.b c"],
    ["actor.id", "$actor.id"],
    ["arguments.reason", "$arguments.reason"],
    ["now()", "$now"],
    ["today()", "$today"],
    ["price.amount", "amountOf(record.price)"],
    ["company.owner", "record.company.ownerId"],
    ["contract", "record.contract.id"],
    ["owner.id", "record.ownerId"],
  ])("%s", (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
  });
});

describe("records are compared by their keys", () => {
  test.each([
    ["owner == actor.id", "equal(record.ownerId, $actor.id)"],
    ["owner == actor", "equal(record.ownerId, $actor.id)"],
    ["actor == company.owner", "equal($actor.id, record.company.ownerId)"],
    ["contract == null", "isNull(record.contract.id)"],
    ["owner != null", "isNotNull(record.ownerId)"],
    ["has(owner)", "isNotNull(record.ownerId)"],
    ["record == contract.deal", "equal(record.id, record.contract.dealId)"],
    [
      "owner == '0190B6A2-3C4D-7E5F-8A9B-0C1D2E3F4A5B'",
      'equal(record.ownerId, "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b":uuid)',
    ],
    ["owner == title", "equal(toText(record.ownerId), record.title)"],
    [
      "actor in company.deals.owner",
      "exists(related of record.company/deals/owner where equal(related.id, $actor.id))",
    ],
    ["actor.id in [owner, company.owner]", "in($actor.id, list(record.ownerId, record.company.ownerId))"],
    ["owner == company", "`owner` leads to User and `company` to Company, so they are never the same record."],
  ])("%s", (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
  });
});

describe("quantifiers and aggregates", () => {
  test.each([
    ["exists(activities)", "exists(related of record/activities)"],
    [
      "exists(activities, at > now() - duration('24h'))",
      'exists(related of record/activities where greater(related.at, subtractDuration($now, "PT24H":duration)))',
    ],
    [
      "activities.exists(a, a.at > createdAt)",
      "exists(related of record/activities where greater(related.at, record.createdAt))",
    ],
    ["all(lines, price > 0)", 'all(related of record/lines where greater(related.price, "0":decimal))'],
    ["count(activities, done)", "count(related of record/activities where related.done)"],
    ["size(activities)", "count(related of record/activities)"],
    ["activities.filter(a, a.done).size()", "count(related of record/activities where related.done)"],
    [
      "lines.filter(l, l.price > 1).all(l, l.quantity > 1)",
      'all(related of record/lines where if(greater(related.price, "1":decimal), greater(related.quantity, "1":integer), true:boolean))',
    ],
    ["sum(lines.price)", "sum(related of record/lines: related.price)"],
    [
      "sum(lines, price * quantity)",
      "sum(related of record/lines: multiply(related.price, toDecimal(related.quantity)))",
    ],
    [
      "sum(lines, price, quantity > 2)",
      'sum(related of record/lines: related.price where greater(related.quantity, "2":integer))',
    ],
    [
      "sum(lines.price, quantity > 2)",
      'sum(related of record/lines: related.price where greater(related.quantity, "2":integer))',
    ],
    ["sum(company.deals.lines.price)", "sum(related of record.company/deals/lines: related.price)"],
    ["list(company.deals.owner.email)", "list(related of record.company/deals/owner: related.email)"],
    ["first(activities.at)", "first(related of record/activities: related.at)"],
    [
      "exists(activities, exists(deal.lines, price > record.amount && quantity > 1))",
      'exists(related of record/activities where exists(related2 of related.deal/lines where and(greater(related2.price, record.amount), greater(related2.quantity, "1":integer))))',
    ],
    ["'goods' in lines.kind", 'exists(related of record/lines where equal(related.kind, "goods":choice))'],
    [
      "sum(activities.at)",
      "`activities.at` is a moment; `sum` works on numbers and lengths of time (of money, on its `.amount`).",
    ],
    ["all(lines)", "Write `all(records, condition)`."],
    [
      "lines.price",
      "`lines.price` stands for several records. Ask `exists(…)`, `all(…)` or `count(…)` of them, or one value of each with `sum(…)`, `min(…)`, `list(…)`.",
    ],
    ["min(amount, 3)", "`amount` is a decimal number. Write `least(a, b)` for the lesser of two values."],
  ])("%s", (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
  });
});

describe("literals are read as what they stand beside", () => {
  test.each([
    ["stage == 'won'", 'equal(record.stage, "won":choice)'],
    ["stage in ['won', 'lost']", 'in(record.stage, ["won","lost"]:list)'],
    ["stage == (urgent ? 'won' : 'lost')", 'equal(record.stage, if(record.urgent, "won":choice, "lost":choice))'],
    ["dueOn > '2026-01-31'", 'greater(record.dueOn, "2026-01-31":date)'],
    ["createdAt >= '2026-01-31T12:00:00+02:00'", 'greaterOrEqual(record.createdAt, "2026-01-31T10:00:00Z":timestamp)'],
    ["effort < '1h30m'", 'less(record.effort, "PT1H30M":duration)'],
    ["opensAt == '09:30'", 'equal(record.opensAt, "09:30:00":time)'],
    ["price == '12.50 EUR'", 'equal(record.price, "12.50 EUR":money)'],
    ["amount == 1", 'equal(record.amount, "1":decimal)'],
    ["probability == 1.50", 'equal(toDecimal(record.probability), "1.50":decimal)'],
    ["amount > 1.5e3", 'greater(record.amount, "1500":decimal)'],
    ["-9223372036854775808", '"-9223372036854775808":integer'],
    ["7u", '"7":integer'],
    ["0x1F", '"31":integer'],
    ["coalesce(stage, 'lead')", 'coalesce(record.stage, "lead":choice)'],
    ["[1, 2.5, null]", '["1","2.5",null]:list'],
    ["title + ' ' + stage", 'concat(record.title, " ":text, toText(record.stage))'],
  ])("%s", (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
  });

  test.each([
    ["stage == 'wom'", "`stage` has no option `wom`; did you mean `won`?"],
    ["stage == 'xxxxxx'", "`stage` has no option `xxxxxx`; there are `lead`, `qualified`, `won`, `lost`."],
    ["'manger' in actor.roles", "There is no role `manger`; did you mean `manager`?"],
    ["dueOn > '2026-02-30'", "`2026-02-30` is no date. Write it as `'2026-01-31'`."],
    ["9223372036854775808", "Whole numbers have 64 bits. Write a larger one as a decimal, with `.0` at its end."],
    [
      "amount > '3'",
      "`amount` is a decimal number and `'3'` is a text; they cannot be put in order. Write the number without quotes, or turn the text into one: `decimal(…)`.",
    ],
    [
      "createdAt > today()",
      "`createdAt` is a moment and `today()` is a date; they cannot be put in order. Take the day of the moment: `date(…)`.",
    ],
    [
      "today() + 7",
      "`today()` is a date and `7` is a whole number; `+` does not work on them. Write `addDays(date, number)`.",
    ],
    ["title.matches('[A-Z]\\\\d')", "Write `[0-9]` for `\\d`, which not every engine reads alike."],
    ["title.matches(title)", "Write the pattern as a text between quotes."],
    ["title && urgent", "`title` is a text; here something true or false is needed, such as a comparison."],
  ])("%s", (text, message) => {
    expect(shapeOf(text)).toBe(message);
  });
});

test("a problem says where it is and what was probably meant", () => {
  const { problems, expression } = checkExpression("  ammount > 1 && company.nmae == 'x'", dealScope());
  expect(expression).toBeNull();
  expect(problems).toEqual([
    {
      code: "unknown_name",
      message: "There is no attribute `ammount` on Deal; did you mean `amount`?",
      start: 2,
      end: 9,
      suggestion: "amount",
    },
    {
      code: "unknown_name",
      message: "There is no attribute `nmae` on Company; did you mean `name`?",
      start: 25,
      end: 29,
      suggestion: "name",
    },
  ]);
});

describe("what other languages write is understood well enough to say how it is here", () => {
  test.each([
    ["stage = 'won'", "Write `==` in place of `=`.", "=="],
    ["urgent and urgent", "Write `&&` in place of `and`.", "&&"],
    ["urgent OR urgent", "Write `||` in place of `OR`.", "||"],
    ["urgent & urgent", "Write `&&` in place of `&`.", "&&"],
    ["not urgent", "Write `!` in place of `not`.", "!"],
    ["amount is null", "Write `==` in place of `is`.", "=="],
    ["amount <> 1", "Write `!=` in place of `<>`.", "!="],
    ["if(urgent, 1, 2)", "Write `condition ? value : otherwise`.", undefined],
    ["stage == won", "Write the option between quotes: `'won'`.", "'won'"],
    ["createdAt < now", "Write `now()`.", "now()"],
    ["length(title) > 1", "There is no function `length`; did you mean `size`?", "size"],
    ["tagNames.contains('x')", "Write `in` to look for a value in a list, as in `'x' in tagNames`.", undefined],
  ])("%s", (text, message, suggestion) => {
    const { problems } = checkExpression(text, dealScope());
    expect(problems.map((problem) => problem.message)).toEqual([message]);
    expect(problems[0]?.suggestion).toBe(suggestion);
  });
});

test("a suggestion for an option keeps the quotes", () => {
  expect(checkExpression('stage == "wom"', dealScope()).problems[0]?.suggestion).toBe('"won"');
});

test("references tell which names stand where", () => {
  const text =
    "stage in ['won'] && company.owner == actor.id && 'admin' in actor.roles && arguments.reason != '' && address.city == 'Bern'";
  const { references } = checkExpression(text, dealScope());
  const found = references.map(({ start, end, ...reference }) => [
    text.slice(start, end),
    Object.values(reference).join(" "),
  ]);
  expect(found).toEqual([
    ["stage", "member Deal stage"],
    ["'won'", "choice Deal stage won"],
    ["company", "member Deal company"],
    ["owner", "member Company owner"],
    ["'admin'", "role admin"],
    ["reason", "argument reason"],
    ["address", "member Deal address"],
    ["city", "member Address city"],
  ]);
});

describe("what is expected", () => {
  test.each<[string, CheckOptions["expected"], string]>([
    ["'won'", { kind: "choice", options: ["won"] }, '"won":choice'],
    ["1", { kind: "decimal" }, '"1":decimal'],
    ["probability", ["decimal"], "toDecimal(record.probability)"],
    ["stage", { kind: "text" }, "toText(record.stage)"],
    ["owner", { kind: "uuid" }, "record.ownerId"],
    ["null", { kind: "date" }, "null:date"],
    [
      "amount",
      { kind: "boolean" },
      "This is a decimal number; here true or false is needed. Compare it with something.",
    ],
    ["amount", ["integer"], "This is a decimal number; here a whole number is needed. Write `int(round(…))`."],
  ])("%s", (text, expected, outcome) => {
    expect(shapeOf(text, expected === undefined ? {} : { expected })).toBe(outcome);
  });

  test("a reference to an option of the field that is set", () => {
    const options: CheckOptions = {
      expected: { kind: "choice", options: ["won"] },
      target: { resource: "Deal", member: "stage" },
    };
    expect(checkExpression("'won'", dealScope(), options).references).toEqual([
      { kind: "choice", resource: "Deal", member: "stage", option: "won", start: 0, end: 5 },
    ]);
  });
});

test("what comes out is frozen through and through, and plain JSON", () => {
  const { expression } = checkExpression("exists(lines, price in [1, 2]) && stage == 'won'", dealScope());
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    expect(Object.isFrozen(value)).toBe(true);
    Object.values(value).forEach(walk);
  };
  walk(expression);
  expect(JSON.parse(JSON.stringify(expression))).toEqual(expression);
});

test("without a record there are no members", () => {
  const { problems } = checkExpression("amount > 1", dealScope(null));
  expect(problems[0]?.message).toMatch(/^There is no `amount` here/);
});

describe("hostile texts are problems", () => {
  test.each([
    ["x".repeat(4001), "too_long"],
    ["(".repeat(4000), "too_deep"],
    [`${"!".repeat(3999)}x`, "too_deep"],
    ["[".repeat(34) + "]".repeat(34), "too_deep"],
    [`a${"+a".repeat(300)}`, "too_large"],
    ["9".repeat(4000), "bad_literal"],
    ["1e999", "syntax"],
    ["__proto__", "syntax"],
    ["constructor", "unknown_name"],
    ["record.__proto__", "unknown_name"],
    ["actor.constructor", "unknown_name"],
    ["address.toString", "unknown_name"],
    ["title.constructor()", "unknown_function"],
    ["hasOwnProperty(title)", "unknown_function"],
    ["'\ud800' == title", "bad_literal"],
    ["'\\u0000' == title", "bad_literal"],
    ["аmount > 1", "syntax"],
    ["amount\u200b > 1", "syntax"],
    ["b'x'", "syntax"],
    ["{'a': 1}", "syntax"],
    ["title.replace('a', title).replace('b', title)", "not_here"],
    ["title.matches('(a+)+')", "bad_pattern"],
    ["tagNames.all(a, tagNames.all(b, tagNames.all(c, a == b)))", "too_deep"],
    ["exists(lines, exists(deal.lines, exists(deal.lines, exists(deal.lines, exists(deal.lines)))))", "too_deep"],
    ["tagNames.exists(record, true)", "not_here"],
    ["tagNames.exists(actor, true)", "not_here"],
    ["", "syntax"],
  ])("%.30s", (text, code) => {
    expect(checkExpression(text, dealScope()).problems.map((problem) => problem.code)).toContain(code);
  });

  test("none throws, and every problem has a place in the text", () => {
    const words = fc.constantFrom(
      ..."amount title stage company owner lines activities exists sum list filter map all actor roles record now today ( ) [ ] . , == != < > + - * / % ? : ! && || in 'won' \"x\" 1 2.5 1u null true a x has size date matches __proto__ { } ' \\ // \n é 😀".split(
        " ",
      ),
    );
    const scope = dealScope();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words, { maxLength: 40 }).map((parts) => parts.join(" ")),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          const { expression, problems } = checkExpression(text, scope);
          expect(expression === null).toBe(problems.length > 0);
          for (const { start, end, message } of problems) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(message).toMatch(/[.?]$/);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
