import { attribute, belongsTo, option, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import type { FieldFunction } from "#lib/plan/read/summary/measureType.ts";
import type { Random } from "#server/runtime/policies/testing/Random.ts";
import type { AskedField, FieldKind } from "./SummaryQuestion.ts";

/** Entries with a value of every kind that can be summed up, compared or grouped by. */
export const ledgerModel: Model = {
  app: { name: "Ledger" },
  valueObjects: [
    {
      name: "Place",
      attributes: [
        { ...attribute("city", { type: { kind: "text" } }), column: "city" },
        { ...attribute("floor", { type: { kind: "integer" } }), column: "floor" },
      ],
    },
  ],
  resources: [
    resource("Account", {
      plural: "accounts",
      attributes: [attribute("name", { type: { kind: "text" } }), attribute("rating", { type: { kind: "integer" } })],
      relationships: [belongsTo("parent", "Account")],
    }),
    resource("Entry", {
      plural: "entries",
      attributes: [
        attribute("note", { type: { kind: "text" } }),
        attribute("kind", { type: { kind: "choice", options: [option("credit", "1"), option("debit", "2")] } }),
        attribute("open", { type: { kind: "boolean" } }),
        attribute("pieces", { type: { kind: "integer" } }),
        attribute("points", { type: { kind: "bigint" } }),
        attribute("amount", { type: { kind: "decimal", precision: 20, scale: 2 } }),
        attribute("ratio", { type: { kind: "decimal" } }),
        attribute("cost", { type: { kind: "money", currency: "EUR" } }),
        attribute("price", { type: { kind: "money" } }),
        attribute("takes", { type: { kind: "duration" } }),
        attribute("day", { type: { kind: "date" } }),
        attribute("at", { type: { kind: "timestamp" } }),
        attribute("place", { type: { kind: "embed", valueObject: "Place" } }),
      ],
      relationships: [belongsTo("account", "Account")],
      calculations: [{ name: "twice", type: { kind: "integer" }, expression: "pieces * 2" }],
    }),
  ],
};

const numbers: readonly FieldFunction[] = ["countDistinct", "sum", "avg", "min", "max"];
const ordered: readonly FieldFunction[] = ["countDistinct", "min", "max"];
const field = (path: string, kind: FieldKind, measures: readonly FieldFunction[]): AskedField => ({
  path,
  kind,
  measures,
});

export const ledgerFields: readonly AskedField[] = [
  field("note", "text", ordered),
  field("kind", "text", ["countDistinct"]),
  field("open", "boolean", ["countDistinct"]),
  field("pieces", "integer", numbers),
  field("twice", "integer", numbers),
  field("points", "decimal", numbers),
  field("amount", "decimal", numbers),
  field("ratio", "anyDecimal", numbers),
  field("cost", "money", numbers),
  field("price", "anyMoney", numbers),
  field("price.currency", "text", []),
  field("takes", "duration", numbers),
  field("day", "date", ordered),
  field("at", "timestamp", ordered),
  field("place.city", "text", ordered),
  field("place.floor", "integer", numbers),
  field("account.name", "text", ordered),
  field("account.rating", "integer", numbers),
  field("account.parent.name", "text", ordered),
];

/** Values of a new entry, as JSON of the API. */
export function randomEntry(random: Random, accounts: readonly string[]): Record<string, unknown> {
  const some = <Value>(value: Value) => (random.chance(0.2) ? null : value);
  const digits = (count: number) => String(random.below(10 ** Math.min(count, 9))).padStart(1, "0");
  const sign = () => random.pick(["", "-"]);
  const place = { city: some(random.pick(["ulm", "bonn"])), floor: some(random.below(3)) };
  const date = new Date(Date.UTC(2024 + random.below(2), random.below(12), 1 + random.below(28), random.below(24)));
  return {
    note: some(random.pick(["a", "b", "c"])),
    kind: some(random.pick(["credit", "debit"])),
    open: some(random.chance(0.5)),
    pieces: some(random.pick([0, 1, -3, 2147483647, -2147483648])),
    points: some(random.pick(["9223372036854775807", "-9223372036854775808", "9007199254740993", "1"])),
    amount: some(`${sign()}${digits(9)}.${random.below(90) + 10}`),
    ratio: some(`${sign()}${digits(3)}.${digits(random.below(6) + 1)}`),
    cost: some({ amount: `${digits(4)}.${random.below(90) + 10}` }),
    price: some(
      random.pick([
        { amount: `${digits(4)}.50`, currency: random.pick(["EUR", "USD"]) },
        { amount: digits(4), currency: "JPY" },
      ]),
    ),
    takes: some(random.pick(["PT1H30M", "-PT0.000001S", "PT100H", "PT59M59.5S"])),
    day: some(date.toISOString().slice(0, 10)),
    at: some(`${date.toISOString().slice(0, 13)}:30:00.${random.pick(["000001", "5"])}Z`),
    place: some(place),
    accountId: some(random.pick(accounts)),
  };
}
