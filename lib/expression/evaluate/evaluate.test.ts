import { describe, expect, test } from "vitest";
import { checkExpression } from "../check/checkExpression.ts";
import { fromCanonical, fromJson } from "../fromCanonical.ts";
import { dealScope } from "../testing/dealScope.ts";
import { SampleData, type SampleRow } from "../testing/SampleData.ts";
import { toCanonical, toJson } from "../toCanonical.ts";
import type { Value } from "../Value.ts";
import type { ValueType } from "../ValueType.ts";
import { evaluate } from "./evaluate.ts";

const scope = dealScope();

function row(resource: string, values: Readonly<Record<string, unknown>>): SampleRow {
  const members = scope.resources.of(resource)?.members;
  const typed = Object.entries(values).map(([name, json]): [string, Value] => {
    const member = members?.get(name);
    if (member?.kind !== "field") throw new Error(`${resource} has no field ${name}`);
    return [name, fromJson(member.type, json)];
  });
  return { resource, values: new Map(typed) };
}

const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;

const deal = row("Deal", {
  id: id(1),
  title: "Ein Straßenbau 😀",
  amount: "12.50",
  probability: 40,
  views: "9223372036854775807",
  stage: "lead",
  dueOn: "2026-01-31",
  opensAt: "09:30",
  effort: "PT1H30M",
  createdAt: "2026-01-31T23:59:59.5Z",
  price: "12.50 EUR",
  meta: { a: [{ b: 1 }, null], "": null, length: 3 },
  tagNames: ["new", null, "big"],
  address: { city: "Bern", floor: 3 },
  addresses: [{ city: "Bern" }, { city: null }],
  companyId: id(3),
});

const data = new SampleData(
  scope.resources,
  [
    deal,
    row("Deal", { id: id(2), companyId: id(3), amount: "7" }),
    row("Company", { id: id(3), name: "Acme", ownerId: id(4) }),
    row("User", { id: id(4), email: "a@example.com" }),
    row("Contract", { id: id(5), dealId: id(1), signedAt: "2026-01-01T00:00:00Z" }),
    row("Activity", { id: id(7), dealId: id(1), done: true, note: "later" }),
    row("Activity", { id: id(6), dealId: id(1), done: null, at: "2026-01-31T12:00:00Z" }),
    row("Line", { id: id(8), dealId: id(1), price: "1.10", quantity: 3 }),
    row("Line", { id: id(9), dealId: id(2), price: "2.2", quantity: null }),
  ],
  new Map<string, Value>([
    ["actor.id", id(4)],
    ["actor.role", "manager"],
    ["now", fromCanonical({ kind: "timestamp" }, "2026-02-01T00:00:00Z")],
    ["today", fromCanonical({ kind: "date" }, "2026-02-01")],
  ]),
);

function result(text: string): unknown {
  const { expression, problems } = checkExpression(text, scope);
  if (!expression) throw new Error(problems.map(({ message }) => message).join(" "));
  return toJson(expression.type, evaluate(expression, data.environment(deal)));
}

const groups: readonly (readonly [string, readonly (readonly [string, unknown])[]])[] = [
  [
    "null is unknown",
    [
      ["owner == actor.id", null],
      ["urgent && false", false],
      ["urgent && true", null],
      ["urgent || true", true],
      ["!urgent", null],
      ["urgent ? 1 : 2", "2"],
      ["urgent == null", true],
      ["has(owner)", false],
      ["coalesce(urgent, true)", true],
      ["amount + null", null],
      ["stage in ['won', null]", null],
      ["stage in ['lead', null]", true],
      ["stage in []", false],
      ["least(1, null)", null],
      ["company.owner.email", "a@example.com"],
      ["owner.email", null],
      ["contract.signedAt < now()", true],
    ],
  ],
  [
    "whole numbers have 64 bits",
    [
      ["views + 1", null],
      ["views + 0", "9223372036854775807"],
      ["-(-views - 1)", null],
      ["7 / 2", "3"],
      ["-7 / 2", "-3"],
      ["-7 % 3", "-1"],
      ["1 / 0", null],
      ["1 % 0", null],
      ["int(-2.9)", "-2"],
      ["int('9223372036854775808' + '')", null],
      ["int(duration('-1.5s'))", "-1"],
      ["int(timestamp('1970-01-02T00:00:00Z'))", "86400"],
    ],
  ],
  [
    "decimals are exact",
    [
      ["0.1 + 0.2", "0.3"],
      ["amount * 2", "25.00"],
      ["1.0 / 3", "0.33333333333333333333"],
      ["amount / 0.0", null],
      ["round(2.5)", "3"],
      ["round(-2.5)", "-3"],
      ["round(1.005, 2)", "1.01"],
      ["floor(-0.5)", "-1"],
      ["1.0 == 1.00", true],
      ["amount == 12.5", true],
      ["price == money('12.5 EUR')", true],
      ["price < money('13 EUR')", true],
      ["price < money('13 CHF')", null],
      ["price != money('12.50 CHF')", true],
      ["money(1.5, 'eur' + '')", null],
    ],
  ],
  [
    "texts go by code points",
    [
      ["size(title)", "16"],
      ["upper('straße')", "STRAßE"],
      ["title.substring(14)", " 😀"],
      ["title.substring(-3, 3)", "Ein"],
      ["title.substring(15, 99)", "😀"],
      ["title.indexOf('😀')", "15"],
      ["title.indexOf('x')", "-1"],
      ["'a'.replace('', 'x')", "a"],
      ["'aXbX'.replace('X', '')", "ab"],
      ["'\\uffee' < '😀'", true],
      ["trim('\\u00a0 a\\t')", "a"],
      ["'a.b'.matches('a.b')", true],
      ["'xab'.matches('ab')", false],
      ["tagNames.join('+')", "new+big"],
    ],
  ],
  [
    "dates and moments are in UTC",
    [
      ["dueOn < today()", true],
      ["addMonths(dueOn, 1)", "2026-02-28"],
      ["addDays(date('9999-12-31'), 1)", null],
      ["addMonths(date('0001-01-01'), -1)", null],
      ["daysBetween(dueOn, today())", "1"],
      ["date(createdAt)", "2026-01-31"],
      ["timestamp(dueOn)", "2026-01-31T00:00:00Z"],
      ["createdAt.getMilliseconds()", "500"],
      ["now() - createdAt", "PT0.5S"],
      ["createdAt + effort", "2026-02-01T01:29:59.5Z"],
      ["effort.getMinutes()", "90"],
      ["dueOn.getMonth()", "0"],
      ["dueOn.month()", "1"],
      ["date('1969-12-31').getDayOfWeek()", "3"],
      ["timestamp('1969-12-31T23:59:59.9Z').getHours()", "23"],
      ["string(effort * 2)", "PT3H"],
      ["date('2026-02-30' + '')", null],
    ],
  ],
  [
    "json and value objects",
    [
      ["address.city", "Bern"],
      ["address.floor + 1", "4"],
      ["meta.a[0].b == null", false],
      ["meta.a[1] == null", true],
      ["meta[''] == null", true],
      ["meta.a.length == null", true],
      ["meta.length == null", false],
      ["meta.constructor == null", true],
      ["addresses.exists(a, a.city == 'Bern')", true],
      ["addresses.all(a, a.city == 'Bern')", false],
      ["addresses.map(a, a.city)", ["Bern", null]],
    ],
  ],
  [
    "lists",
    [
      ["tagNames[0]", "new"],
      ["tagNames[1]", null],
      ["tagNames[3]", null],
      ["tagNames[-1]", null],
      ["'small' in tagNames", null],
      ["tagNames.filter(t, t != 'new')", ["big"]],
      ["tagNames.exists_one(t, t == 'new')", true],
      ["tagNames == ['new', null, 'big']", true],
      ["[3, 1].map(x, x > 1, x * 2)", ["6"]],
    ],
  ],
  [
    "related records",
    [
      ["exists(activities, done)", true],
      ["all(activities, done)", false],
      ["count(activities, !done)", "0"],
      ["exists(contract.deal.lines)", true],
      ["sum(lines, price * quantity)", "3.30"],
      ["sum(company.deals.lines.price)", "3.30"],
      ["sum(company.deals.lines.quantity)", "3"],
      ["avg(company.deals.amount)", "9.7500000000000000"],
      ["min(company.deals.amount)", "7"],
      ["first(activities.at)", "2026-01-31T12:00:00Z"],
      ["first(activities.note)", null],
      ["list(activities.note)", ["later"]],
      ["list(owner.deals.title)", null],
      ["sum(owner.deals.amount)", null],
      ["count(owner.deals)", "0"],
      ["all(owner.deals, false)", true],
      ["company.deals.exists(d, d.amount < amount)", true],
      ["actor in company.deals.company.owner", true],
      ["lines.filter(l, l.price > 1).all(l, l.quantity > 5)", false],
    ],
  ],
];

describe.each(groups)("%s", (_, cases) => {
  test.each([...cases])("%s", (text, expected) => {
    expect(result(text)).toEqual(expected);
  });
});

test.each<[ValueType["kind"], string, string | null]>([
  ["duration", "P1DT1H", "PT25H"],
  ["duration", "-PT90.5S", "-PT1M30.5S"],
  ["duration", "P1W", "PT168H"],
  ["duration", "PT", null],
  ["duration", "P1M", null],
  ["duration", "PT0.1234567S", null],
  ["time", "09:30", "09:30:00"],
  ["time", "09:30:15.120", "09:30:15.12"],
  ["time", "24:00", null],
  ["timestamp", "2026-01-01T02:00:00.500+02:00", "2026-01-01T00:00:00.5Z"],
  ["timestamp", "0001-01-01T00:00:00+01:00", null],
  ["timestamp", "2026-02-30T00:00:00Z", null],
  ["date", "0000-01-01", null],
  ["decimal", "+007.50", "7.50"],
  ["decimal", "-0.0", "0.0"],
  ["money", "1.5 EUR", "1.5 EUR"],
  ["money", "1.5 eur", null],
  ["uuid", "0190B6A2-3C4D-7E5F-8A9B-0C1D2E3F4A5B", "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b"],
])("%s %s", (kind, text, canonical) => {
  const type = { kind } as ValueType;
  expect(toCanonical(type, fromCanonical(type, text))).toBe(canonical);
});
