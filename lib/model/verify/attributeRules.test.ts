import { describe, expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import { readModel } from "../read/readModel.ts";
import { marked, problemsAt } from "../testing/markedSources.ts";

interface Case {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  readonly files: Readonly<Record<string, string>>;
}

const attribute = (code: string) => ({ "domain/order.ts": `resource("Order", { attributes: { a: ${code} } })` });

/** A chain of value objects, each holding the next. */
const nested = (depth: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: depth }, (_, level) => {
      const inner = level === depth - 1 ? "text()" : `embed("V${level + 1}")`;
      const name = level === 0 ? `«"V0"»` : `"V${level}"`;
      return [`domain/v${level}.ts`, `valueObject(${name}, { attributes: { a: ${inner} } })`];
    }),
  );

const rules: Readonly<Record<string, readonly Case[]>> = {
  bounds: [
    {
      code: "bounds",
      message: "No value is both at least 22:00:00 and at most 06:00:00. Change one.",
      files: attribute('time({ min: «"22:00"», max: "06:00" })'),
    },
    {
      code: "bounds",
      message: "The default is above `max`, PT8H. Change one of them.",
      files: attribute('duration({ max: "PT8H", default: «"PT8H1S"» })'),
    },
    {
      code: "bounds",
      message: "The example is below `min`, 0.01. Change one of them.",
      files: attribute('money({ min: "0.01", example: «"0.00 EUR"» })'),
    },
    {
      code: "bounds",
      message: "The default is below `min`, 0. Change one of them.",
      files: attribute("list(integer(), { min: 0, default: [1, «-1»] })"),
    },
    {
      code: "bounds",
      message: "The example has 15 characters, more than `maxLength`. Change one of them.",
      files: attribute('email({ maxLength: 5, example: «"ada@example.com"» })'),
    },
  ],
  itemCounts: [
    {
      code: "bounds",
      message: "No list has both at least 3 and at most 2 items. Change one.",
      files: attribute("list(text(), { minItems: «3», maxItems: 2 })"),
    },
    {
      code: "bounds",
      message: "The default has 1 items, fewer than `minItems`. Change one of them.",
      files: attribute('list(text(), { minItems: 2, default: «["a"]» })'),
    },
    {
      code: "unknown_option",
      message: "Only a list has `maxItems`. Write `many: true` too, or leave it out.",
      files: {
        ...attribute('embed("Address", { maxItems: «2» })'),
        "domain/address.ts": 'valueObject("Address")',
      },
    },
  ],
  choices: [
    {
      code: "choice",
      message: '"red" is no option of this choice. Write one of: green, blue.',
      files: attribute('list(choice(["green", "blue"]), { default: ["green", «"red"»] })'),
    },
  ],
  decimals: [
    {
      code: "precision",
      message: "Write at most 2 digits after the point here.",
      files: attribute('list(decimal({ precision: 5, scale: 2 }), { default: [«"1.234"»] })'),
    },
  ],
  sequences: [
    {
      code: "sequence",
      message: "Write the number once, with as many zeros as it has digits: `{0000}`.",
      files: attribute('sequence(«"D-{year}"»)'),
    },
    {
      code: "sequence",
      message: "`{month}` means nothing here. Write `{0000}` for the number or `{year}` for the year.",
      files: attribute('sequence(«"{month}-{00}"»)'),
    },
    {
      code: "sequence",
      message: "Write `{year}` once.",
      files: attribute('sequence(«"{year}{year}{0}"»)'),
    },
    {
      code: "sequence",
      message: "A brace is open here or closed twice. Mend it.",
      files: attribute('sequence(«"{0}}"»)'),
    },
  ],
  files: [
    {
      code: "file",
      message: "`Image/PNG` is no media type. Write `image/png`.",
      files: attribute('file({ mediaTypes: ["image/*", «"Image/PNG"»] })'),
    },
    {
      code: "file",
      message: "`*/*` is no media type. Write one such as `image/png` or `image/*`.",
      files: attribute('file({ mediaTypes: [«"*/*"»] })'),
    },
    {
      code: "file",
      message: "`maxSize` is a number of bytes from 1 to 5000000000000.",
      files: attribute("file({ maxSize: «0» })"),
    },
  ],
  vectors: [
    {
      code: "vector",
      message: "A vector has 1 to 16000 numbers.",
      files: attribute("vector(«16001»)"),
    },
    {
      code: "vector",
      message: "Write a list of 2 numbers here, or leave `example` out.",
      files: attribute("vector(2, { example: «[1]» })"),
    },
  ],
  moneyCurrencies: [
    {
      code: "currency",
      message: 'There is no currency "eur". Did you mean "EUR"?',
      files: attribute('money({ currency: «"eur"» })'),
    },
    {
      code: "currency",
      message: "Amounts of JPY have 0 digits after the point. Write no more here.",
      files: attribute('money({ currency: "JPY", min: «"0.5"» })'),
    },
  ],
  valueObjects: [
    {
      code: "unknown_value_object",
      message: "There is no value object `Address`. Add it or name another.",
      fix: "Add the value object Address",
      files: attribute('embed(«"Address"»)'),
    },
    {
      code: "unknown_value_object",
      message: "`Order` is a resource, whose records stand on their own. Write a belongsTo for it.",
      files: attribute('embed(«"Order"»)'),
    },
    {
      code: "endless_value",
      message: "`A1` holds `A1`, so that its values would never end. Take one of these parts out.",
      files: { "domain/a1.ts": 'valueObject(«"A1"», { attributes: { a: embed("A1", { many: true }) } })' },
    },
    {
      code: "too_deep",
      message: "Value objects can stand 5 deep in each other; `V0` is deeper. Take a level out.",
      files: nested(6),
    },
    {
      code: "wrong_part",
      message: "A file belongs to a record, so `file` cannot be part of a value object. Put it on the resource.",
      files: { "domain/address.ts": 'valueObject("Address", { attributes: { a: «file»() } })' },
    },
  ],
  valueObjectNames: [
    {
      code: "name_shape",
      message:
        "A value object's name starts with a capital and has only the letters A to Z and digits, such as `Address`.",
      fix: "Rename it to Address",
      files: { "domain/address.ts": 'valueObject(«"address"»)' },
    },
    {
      code: "reserved_name",
      message: "`constructor` is a word of JavaScript. Choose another name.",
      files: { "domain/address.ts": 'valueObject("Address", { attributes: { «constructor»: text() } })' },
    },
  ],
  embeddedValues: [
    {
      code: "wrong_type",
      message: "`Address` has no part `town`. Remove it.",
      files: {
        ...attribute('embed("Address", { default: «{ town: "Berlin" }» })'),
        "domain/address.ts": 'valueObject("Address", { attributes: { city: text() } })',
      },
    },
    {
      code: "wrong_type",
      message: "`city` of `Address` is required. Write it too.",
      files: {
        ...attribute('embed("Address", { many: true, example: «[{}]» })'),
        "domain/address.ts": 'valueObject("Address", { attributes: { city: text({ required: true }) } })',
      },
    },
    {
      code: "wrong_type",
      message: 'Write a decimal number in quotes, such as "12.50" for `east`.',
      files: {
        ...attribute('embed("GeoPoint", { default: «{ east: 1 }» })'),
        "domain/geo-point.ts": 'valueObject("GeoPoint", { attributes: { east: decimal() } })',
      },
    },
  ],
  relationships: [
    {
      code: "not_unique",
      message: "Several of `Passport` may have the same `holder`. Make that unique, or write `hasMany`.",
      fix: "Make Passport.holder one to one",
      files: {
        "domain/person.ts": `resource("Person", { relationships: { passport: hasOne("Passport", { via: «"holder"» }) } })`,
        "domain/passport.ts": `resource("Passport", { relationships: { holder: belongsTo("Person") } })`,
      },
    },
    {
      code: "unknown_target",
      message: "There is no resource `DealContact`. Add it, or leave `through` out.",
      files: {
        "domain/deal.ts": `resource("Deal", { relationships: { deals: manyToMany("Deal", { through: «"DealContact"» }) } })`,
      },
    },
    {
      code: "unknown_via",
      message: "`Link` has no belongsTo that leads to `Deal`. Add one there.",
      files: {
        "domain/deal.ts": `resource("Deal", { relationships: { deals: manyToMany("Deal", { through: «"Link"» }) } })`,
        "domain/link.ts": `resource("Link")`,
      },
    },
    {
      code: "unknown_via",
      message: "`Link` leads to `Deal` only once, so it cannot link two of them. Add another belongsTo there.",
      files: {
        "domain/deal.ts": `resource("Deal", { relationships: { deals: manyToMany("Deal", { through: «"Link"» }) } })`,
        "domain/link.ts": `resource("Link", { relationships: { deal: belongsTo("Deal") } })`,
      },
    },
    {
      code: "missing_option",
      message: "`Link` leads to `Deal` as `from`, `to`. Say which is meant with `via`.",
      files: {
        "domain/deal.ts": `resource("Deal", { relationships: { deals: manyToMany("Deal", { through: «"Link"» }) } })`,
        "domain/link.ts": `resource("Link", { relationships: { from: belongsTo("Deal"), to: belongsTo("Deal") } })`,
      },
    },
    {
      code: "unknown_via",
      message: "`Link` has no belongsTo `form` that leads to `Deal`. Did you mean `from`?",
      files: {
        "domain/deal.ts": `resource("Deal", { relationships: { deals: manyToMany("Deal", { through: "Link", via: «"form"», targetVia: "to" }) } })`,
        "domain/link.ts": `resource("Link", { relationships: { from: belongsTo("Deal"), to: belongsTo("Deal") } })`,
      },
    },
  ],
};

for (const [rule, cases] of Object.entries(rules)) {
  describe(rule, () => {
    test.each(cases)("$message", ({ code, message, fix, files }) => {
      const { problems, places, marks } = problemsAt(files, code);
      expect(
        problems.map((problem) => ({ code: problem.code, message: problem.message, fix: problem.fix?.title })),
      ).toEqual([{ code, message, fix }]);
      expect(places).toEqual(marks);
    });

    test.each(cases.filter(({ fix }) => fix !== undefined))("$fix mends it", ({ files, code }) => {
      const { sources } = marked(files);
      const problem = readModel(sources).problems.find((each) => each.code === code);
      const command = problem?.fix?.command;
      expect(command).toBeDefined();
      if (command) expect(readModel(applyCommand(sources, command)).problems).toEqual([]);
    });
  });
}
