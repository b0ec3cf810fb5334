import { describe, expect, test } from "vitest";
import { marked, problemsAt } from "../testing/markedSources.ts";
import type { Attribute } from "../types.ts";
import { readModel } from "./readModel.ts";

function attributeOf(code: string, others: Readonly<Record<string, string>> = {}): Attribute | undefined {
  const { sources } = marked({ "domain/order.ts": `resource("Order", { attributes: { a: ${code} } })`, ...others });
  const { model, problems } = readModel(sources);
  expect(problems).toEqual([]);
  return model?.resources[0]?.attributes[0];
}

describe("types", () => {
  test.each([
    ["time()", { type: { kind: "time" } }],
    ['time({ min: "06:00", default: "09:30" })', { min: "06:00:00", default: { kind: "literal", value: "09:30:00" } }],
    ['duration({ max: "PT90M" })', { type: { kind: "duration" }, max: "PT1H30M" }],
    ['email({ example: "Ada@EXAMPLE.com" })', { type: { kind: "email" }, example: "Ada@example.com" }],
    ['url({ default: "https://example.com" })', { default: { kind: "literal", value: "https://example.com/" } }],
    ['phone({ default: "+49 30 123456" })', { default: { kind: "literal", value: "+4930123456" } }],
    ['money({ default: "12.5 eur", min: 0 })', { min: "0", default: { kind: "literal", value: "12.50 EUR" } }],
    ['money({ currency: "EUR", default: "12" })', { type: { kind: "money", currency: "EUR" } }],
    ["list(text(), { maxLength: 20 })", { type: { kind: "list", of: { kind: "text" } }, maxLength: 20 }],
    [
      "list(decimal({ precision: 5, scale: 2 }))",
      { type: { kind: "list", of: { kind: "decimal", precision: 5, scale: 2 } } },
    ],
    [
      "list(choice({ a: 'A' }), { default: ['a'] })",
      { type: { kind: "list", of: { kind: "choice", options: [{ name: "a", stored: "A" }] } } },
    ],
    [
      "file({ maxSize: 5_000_000_000, mediaTypes: ['image/*'] })",
      { type: { kind: "file", maxSize: 5_000_000_000, mediaTypes: ["image/*"] } },
    ],
    [
      "sequence('D-{year}-{0000}', { gapless: true })",
      { type: { kind: "sequence", pattern: "D-{year}-{0000}", gapless: true } },
    ],
    ["vector(384)", { type: { kind: "vector", dimensions: 384 } }],
    ["encrypted({ maxLength: 20 })", { type: { kind: "encrypted" }, maxLength: 20 }],
    [
      "date({ default: expression('addDays(today(), 14)') })",
      { default: { kind: "expression", expression: "addDays(today(), 14)" } },
    ],
    ["text({ readOnly: true, sensitive: true })", { writable: "readOnly", sensitive: true }],
    ["text({ writeOnce: true })", { writable: "writeOnce" }],
  ] as const)("%s", (code, expected) => {
    expect(attributeOf(code)).toMatchObject(expected);
  });

  test("a value object has a file of its own, and parts that are stored under their names", () => {
    const address = `valueObject("Address", { describe: "Where.", attributes: { zipCode: text({ required: true }), city: text() } })`;
    expect(attributeOf('embed("Address", { many: true })', { "domain/address.ts": address })?.type).toEqual({
      kind: "embed",
      valueObject: "Address",
      many: true,
    });
    const { sources } = marked({ "domain/address.ts": address });
    const part = { type: { kind: "text" }, unique: false };
    expect(readModel(sources).model?.valueObjects).toEqual([
      {
        name: "Address",
        describe: "Where.",
        attributes: [
          { ...part, name: "zipCode", column: "zipCode", required: true },
          { ...part, name: "city", column: "city", required: false },
        ],
      },
    ]);
  });

  test("an attribute can be called key", () => {
    expect(attributeOf("decimal()")).toMatchObject({ type: { kind: "decimal" } });
    const { sources } = marked({ "domain/order.ts": `resource("Order", { attributes: { key: decimal() } })` });
    expect(readModel(sources).problems).toEqual([]);
  });
});

test("a manyToMany through a resource has its table and columns, and knows its other side", () => {
  const { sources } = marked({
    "domain/deal.ts": `resource("Deal", { relationships: { contacts: manyToMany("Contact", { through: "DealContact" }) } })`,
    "domain/contact.ts": `resource("Contact", { relationships: { deals: manyToMany("Deal", { through: "DealContact" }) } })`,
    "domain/deal-contact.ts": `resource("DealContact", {
      attributes: { role: text() },
      relationships: { deal: belongsTo("Deal"), contact: belongsTo("Contact", { column: "c" }) },
    })`,
  });
  const { model, problems } = readModel(sources);
  expect(problems).toEqual([]);
  const base = { kind: "manyToMany", table: "deal_contacts", owner: false, through: "DealContact" };
  expect(
    model?.resources.flatMap(({ relationships }) => relationships.filter(({ kind }) => kind === "manyToMany")),
  ).toEqual([
    { ...base, name: "deals", target: "Deal", sourceColumn: "c", targetColumn: "deal_id", inverse: "contacts" },
    { ...base, name: "contacts", target: "Contact", sourceColumn: "deal_id", targetColumn: "c", inverse: "deals" },
  ]);
});

test("a resource linked with itself names the ends of its links; one is enough", () => {
  const { sources } = marked({
    "domain/person.ts": `resource("Person", { relationships: {
      friends: manyToMany("Person", { through: "Friendship", via: "from" }),
      friendOf: manyToMany("Person", { through: "Friendship", via: "to", targetVia: "from" }),
    } })`,
    "domain/friendship.ts": `resource("Friendship", { relationships: { from: belongsTo("Person"), to: belongsTo("Person") } })`,
  });
  const { model, problems } = readModel(sources);
  expect(problems).toEqual([]);
  const base = { kind: "manyToMany", target: "Person", table: "friendships", owner: false, through: "Friendship" };
  expect(model?.resources[1]?.relationships).toEqual([
    {
      ...base,
      name: "friends",
      sourceColumn: "from_id",
      targetColumn: "to_id",
      sourceVia: "from",
      inverse: "friendOf",
    },
    {
      ...base,
      name: "friendOf",
      sourceColumn: "to_id",
      targetColumn: "from_id",
      sourceVia: "to",
      targetVia: "from",
      inverse: "friends",
    },
  ]);
});

describe("what cannot be read is refused where it stands", () => {
  const deep = (depth: number) => `${"[".repeat(depth)}1${"]".repeat(depth)}`;
  test.each([
    ['time({ default: «"24:00"» })', 'Write a time of day, such as "09:30:00" here.'],
    ['duration({ default: «"P1M"» })', 'Write a length of time, such as "PT1H30M" here.'],
    ['email({ default: «"аda@example.com"» })', 'Write an e-mail address, such as "ada@example.com" here.'],
    ['url({ default: «"javascript:alert(1)"» })', 'Write an address, such as "https://example.com/" here.'],
    ['money({ default: «"12.505 EUR"» })', 'Write an amount and its currency, such as "12.50 EUR" here.'],
    ["time({ default: «now()» })", '`now()` is no default for a time. Write a time of day, such as "09:30:00".'],
    [
      "list(«json»())",
      '`json` cannot stand here. Write a type, such as `text()` or `choice(["first", "second"])` here.',
    ],
    ["list(«'text'»)", 'Write a type, such as `text()` or `choice(["first", "second"])` here.'],
    ["list(text({ «maxLength»: 5 }))", "A type in a list has no options yet. Leave `maxLength` out."],
    ["list(text(), { default: [«1»] })", "Write text in quotes here."],
    ["list(text(), { default: «{}» })", "Write a list in `[ ]` here."],
    [
      "encrypted({ «unique»: true })",
      "`encrypted` has no option `unique`. It has: column, required, minLength, maxLength, readOnly, writeOnce, sensitive, example, describe, deprecated.",
    ],
    [
      "text({ readOnly: true, writeOnce: «true» })",
      "What is `readOnly` is never written by callers, so `writeOnce` says nothing. Remove one.",
    ],
    ["text({ example: «null» })", "Leave `example` out: an empty value shows nothing."],
    ["vector(«-1»)", "Write a whole number from 0 up here."],
    ["text({ default: «expression()» })", 'Write what is worked out: `expression("addDays(today(), 14)")`.'],
    [`json({ default: ${deep(33).replace("1", "«1»")} })`, "A value can be nested 32 deep. Make it simpler."],
    ["embed(«constructor»)", "A variable cannot be read here, since this file is never run. Write its value."],
  ])("%s", (code, message) => {
    const { problems, places, marks } = problemsAt({
      "domain/order.ts": `resource("Order", { attributes: { a: ${code} } })`,
    });
    expect(problems.map((problem) => problem.message)).toContain(message);
    expect(places).toContain(marks[0]);
  });

  test.each([
    [
      "«unique»: true",
      "`text` has no option `unique`. It has: required, default, minLength, maxLength, pattern, sensitive, example, describe, deprecated.",
    ],
    [
      "default: «expression('null')»",
      "The default of a part of a value object is a plain value. Write text in quotes.",
    ],
  ])("a part of a value object: %s", (code, message) => {
    const { problems, places, marks } = problemsAt({
      "domain/address.ts": `valueObject("Address", { attributes: { a: text({ ${code} }) } })`,
    });
    expect(problems.map((problem) => problem.message)).toEqual([message]);
    expect(places).toEqual(marks);
  });

  test("prototype names are no names", () => {
    const { sources } = marked({
      "domain/address.ts": `valueObject("Address", { attributes: { "__proto__": text(), b: json({ default: { "__proto__": 1 } }) } })`,
    });
    const { problems, draft } = readModel(sources);
    expect(problems.map(({ code }) => code)).toEqual(["reserved_name", "reserved_name"]);
    expect(draft.valueObjects?.[0]?.attributes.map(({ name }) => name)).toEqual(["b"]);
  });

  test("a value object that cannot be read keeps its place as one", () => {
    const { sources } = marked({ "domain/address.ts": `valueObject("Address", {` });
    const { draft, places } = readModel(sources);
    expect(draft.valueObjects).toEqual([{ name: "Address", attributes: [] }]);
    expect(draft.resources).toEqual([]);
    expect(places.unread.has("Address")).toBe(true);
  });
});
