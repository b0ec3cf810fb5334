import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Problem } from "../Problem.ts";
import { printSources } from "../print/printSources.ts";
import type { Sources } from "../sources.ts";
import { drawModel } from "../testing/arbitraryModel.ts";
import { problemsAt } from "../testing/markedSources.ts";
import { configFile } from "./modelFiles.ts";
import { readModel } from "./readModel.ts";

const config = `import { app } from "gantry";\n\nexport default app({ name: "Northwind", describe: "Orders of a food wholesaler." });\n`;

const order = `import { belongsTo, choice, date, decimal, generated, hasMany, integer, manyToMany, now, resource, text, timestamp, today } from "gantry";

export default resource("Order", {
  describe: "A customer's order.",
  table: "orders_2019",
  key: integer({ column: "order_id", default: generated() }),
  attributes: {
    shippingCost: decimal({ column: "freight", precision: 14, scale: 2, min: 0.50 }),
    orderedOn: date({ default: today() }),
    stage: choice(["open", "shipped"] as const, { default: "open", required: true }),
    priority: choice({ high: "H", low: \`L\` }),
    note: text({ maxLength: 500, pattern: "[A-Z].*", unique: true }),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    customer: belongsTo("Customer", { required: true, onDelete: "cascade" }),
    tags: manyToMany("Tag"),
    replaces: manyToMany("Order"),
  },
  unique: [["customer", "orderedOn"]],
  indexes: [["stage", "-createdAt"]],
  actions: { create: {}, read: {} },
});
`;

const shop: Sources = {
  [configFile]: config,
  "domain/order.ts": order,
  "domain/customer.ts": `import { hasMany, resource } from "gantry";\nexport default resource("Customer", { attributes: {}, relationships: { orders: hasMany("Order", { via: "customer" }) } });\n`,
  "domain/tag.ts": `import { manyToMany, resource } from "gantry";\nexport default resource("Tag", { attributes: {}, relationships: { orders: manyToMany("Order", { via: "tags" }) } });\n`,
  "seeds/order.json": "[]",
};

test("a file is read with every default filled in and every name resolved", () => {
  const { model, problems } = readModel(shop);
  expect(problems).toEqual([]);
  expect(model?.app).toEqual({ name: "Northwind", describe: "Orders of a food wholesaler." });
  expect(model?.resources.map(({ name }) => name)).toEqual(["Customer", "Order", "Tag"]);
  expect(model?.resources[1]).toEqual({
    name: "Order",
    plural: "orders",
    describe: "A customer's order.",
    table: "orders_2019",
    key: {
      name: "id",
      column: "order_id",
      type: { kind: "integer" },
      required: true,
      unique: true,
      default: { kind: "generated" },
    },
    attributes: [
      {
        name: "shippingCost",
        column: "freight",
        type: { kind: "decimal", precision: 14, scale: 2 },
        required: false,
        unique: false,
        min: "0.50",
      },
      {
        name: "orderedOn",
        column: "ordered_on",
        type: { kind: "date" },
        required: false,
        unique: false,
        default: { kind: "today" },
      },
      {
        name: "stage",
        column: "stage",
        type: {
          kind: "choice",
          options: [
            { name: "open", stored: "open" },
            { name: "shipped", stored: "shipped" },
          ],
        },
        required: true,
        unique: false,
        default: { kind: "literal", value: "open" },
      },
      {
        name: "priority",
        column: "priority",
        type: {
          kind: "choice",
          options: [
            { name: "high", stored: "H" },
            { name: "low", stored: "L" },
          ],
        },
        required: false,
        unique: false,
      },
      {
        name: "note",
        column: "note",
        type: { kind: "text" },
        required: false,
        unique: true,
        maxLength: 500,
        pattern: "[A-Z].*",
      },
      {
        name: "createdAt",
        column: "created_at",
        type: { kind: "timestamp" },
        required: true,
        unique: false,
        default: { kind: "now" },
      },
    ],
    relationships: [
      {
        kind: "belongsTo",
        name: "customer",
        target: "Customer",
        column: "customer_id",
        required: true,
        unique: false,
        onDelete: "cascade",
      },
      {
        kind: "manyToMany",
        name: "tags",
        target: "Tag",
        table: "orders_2019_tags",
        sourceColumn: "order_id",
        targetColumn: "tag_id",
        inverse: "orders",
        owner: true,
      },
      {
        kind: "manyToMany",
        name: "replaces",
        target: "Order",
        table: "orders_2019_replaces",
        sourceColumn: "source_id",
        targetColumn: "target_id",
        owner: true,
      },
    ],
    uniques: [["customer", "orderedOn"]],
    indexes: [
      {
        fields: [
          { name: "stage", descending: false },
          { name: "createdAt", descending: true },
        ],
      },
    ],
    actions: ["read", "create"],
  });
  expect(model?.resources[2]?.relationships).toEqual([
    {
      kind: "manyToMany",
      name: "orders",
      target: "Order",
      table: "orders_2019_tags",
      sourceColumn: "tag_id",
      targetColumn: "order_id",
      inverse: "tags",
      owner: false,
    },
  ]);
});

test("the example of the documentation is a legal app", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/language.md"), "utf8");
  const examples = [...page.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)].map(([, path = "", text = ""]) => [path, text]);
  const stub = (name: string, relationships: string) =>
    `import { belongsTo, manyToMany, resource } from "gantry"; export default resource("${name}", { relationships: { ${relationships} } });`;
  const { problems } = readModel({
    ...Object.fromEntries(examples),
    "domain/customer.ts": stub("Customer", ""),
    "domain/order-detail.ts": stub("OrderDetail", 'order: belongsTo("Order")'),
    "domain/tag.ts": stub("Tag", 'orders: manyToMany("Order", { via: "tags" })'),
  });
  expect(examples).toHaveLength(2);
  expect(problems).toEqual([]);
});

describe("places", () => {
  const { places } = readModel(shop);
  test.each([
    [["Order"], '"Order"'],
    [["Order", "attributes", "shippingCost"], "shippingCost"],
    [["Order", "attributes", "shippingCost", "min"], "0.50"],
    [["Order", "attributes", "shippingCost", "type"], "decimal"],
    [["Order", "attributes", "shippingCost", "maxLength"], "shippingCost"],
    [["Order", "attributes", "stage", "options", "shipped"], '"shipped"'],
    [["Order", "attributes", "priority", "options", "low", "stored"], "`L`"],
    [["Order", "relationships", "customer", "target"], '"Customer"'],
    [["Order", "uniques", "0", "1"], '"orderedOn"'],
    [["Order", "plural"], '"Order"'],
    [["Order", "key", "column"], '"order_id"'],
    [["app", "name"], '"Northwind"'],
  ])("%j stands at %s", (path, text) => {
    const place = places.rangeOf(path);
    const { start, end } = place?.range ?? { start: { offset: 0 }, end: { offset: 0 } };
    expect(shop[place?.file ?? ""]?.slice(start.offset, end.offset)).toBe(text);
  });

  test("lines and columns count from 1", () => {
    expect(places.rangeOf(["Order", "attributes", "shippingCost"])?.range.start).toMatchObject({ line: 8, column: 5 });
  });

  test("what is in no file has no place", () => {
    expect(places.rangeOf(["Gone", "attributes"])).toBeNull();
  });
});

describe("what cannot be read is refused where it stands", () => {
  const order = (options: string) => ({ "domain/order.ts": `resource("Order", { ${options} })` });
  const file = (text: string) => ({ "domain/order.ts": text });
  const whole = (before: string, after = "") =>
    file(
      `import { resource } from "gantry";\n${before}export default resource("Order", { attributes: {} });\n${after}`,
    );
  const cases: readonly [string, string, Readonly<Record<string, string>>][] = [
    [
      "not_literal",
      "A variable cannot be read here, since this file is never run. Write its value.",
      order("attributes: { a: text({ maxLength: «length» }) }"),
    ],
    [
      "not_literal",
      "A template with values in it cannot be read here. Write the text itself.",
      order("attributes: { a: text({ default: «`a$\u007b1}`» }) }"),
    ],
    [
      "not_literal",
      "Only plain values can be read here, since this file is never run. Write the value itself.",
      order('attributes: { a: text({ describe: «"a" + "b"» }) }'),
    ],
    [
      "not_literal",
      "A function call cannot be read here. Write a plain value.",
      order('attributes: { a: text({ describe: «String("b")» }) }'),
    ],
    ["not_literal", "`...` cannot be read here. Write each property out.", order("attributes: { «...shared» }")],
    [
      "not_literal",
      "`...` cannot be read here. Write each value out.",
      order('attributes: { a: choice(["x", «...options»]) }'),
    ],
    ["not_literal", "This name cannot be read. Write it out as plain text.", order("attributes: { [«name»]: text() }")],
    [
      "not_literal",
      "A function cannot be read here. Write a plain value.",
      order("attributes: { «get a() { return 1; }» }"),
    ],
    ["not_literal", "`a` is a variable. Write its value here.", order("attributes: { «a» }")],
    ["not_literal", "Write a type, such as `text()` here.", order('attributes: { a: «"text"» }')],
    ["unknown_function", "`texxt` cannot stand here. Did you mean `text`?", order("attributes: { a: «texxt»() }")],
    [
      "unknown_function",
      "`now` cannot stand here. Write a type, such as `text()` here.",
      order("attributes: { a: «now»() }"),
    ],
    ["unknown_function", "Write a type, such as `text()` here.", order("attributes: { a: «g.text»() }")],
    [
      "unknown_option",
      "`text` has no option `maxlength`. Did you mean `maxLength`?",
      order("attributes: { a: text({ «maxlength»: 5 }) }"),
    ],
    [
      "unknown_option",
      "`boolean` has no option `min`. It has: column, required, unique, default, readOnly, writeOnce, sensitive, example, describe, deprecated.",
      order("attributes: { a: boolean({ «min»: 5 }) }"),
    ],
    ["unknown_option", "`text` takes nothing more. Remove this.", order("attributes: { a: text({}, «{}») }")],
    [
      "unknown_option",
      "The action `read` has no option `accept`. It has: describe.",
      order("attributes: {}, actions: { read: { «accept»: [] } }"),
    ],
    ["wrong_type", "Write a whole number from 0 up here.", order('attributes: { a: text({ maxLength: «"5"» }) }')],
    ["wrong_type", "Write a whole number from 0 up here.", order("attributes: { a: text({ maxLength: «-1» }) }")],
    ["wrong_type", "Write `true` or `false` here.", order("attributes: { a: text({ required: «1» }) }")],
    [
      "wrong_type",
      "Write a whole number between -2147483648 and 2147483647 here.",
      order("attributes: { a: integer({ default: «2147483648» }) }"),
    ],
    [
      "wrong_type",
      'Write a decimal number in quotes, such as "12.50" here.',
      order("attributes: { a: decimal({ default: «0.1234567890123456» }) }"),
    ],
    [
      "wrong_type",
      'Write a day that exists, such as "2026-01-31" here.',
      order('attributes: { a: date({ default: «"2026-02-29"» }) }'),
    ],
    [
      "wrong_type",
      'Write a moment with its zone, such as "2026-01-31T12:00:00Z" here.',
      order('attributes: { a: timestamp({ min: «"2026-02-28 10:00:00"» }) }'),
    ],
    [
      "wrong_type",
      '`now()` is no default for a date. Write `today()` or a day that exists, such as "2026-01-31".',
      order("attributes: { a: date({ default: «now()» }) }"),
    ],
    [
      "wrong_type",
      "Only a key can be `generated()`. Write a whole number between -2147483648 and 2147483647.",
      order("attributes: { a: integer({ default: «generated()» }) }"),
    ],
    [
      "wrong_type",
      "Leave `default` out: without one the value is empty.",
      order("attributes: { a: text({ default: «null» }) }"),
    ],
    [
      "wrong_type",
      'Write "restrict", "cascade" or "setNull" here.',
      order('attributes: {}, relationships: { o: belongsTo("Order", { onDelete: «"drop"» }) }'),
    ],
    [
      "missing_option",
      'Name the belongsTo that this mirrors: `hasMany("Order", { via: "..." })`.',
      order('attributes: {}, relationships: { o: «hasMany("Order")» }'),
    ],
    [
      "missing_option",
      'Name the resource it leads to: `belongsTo("Customer")`.',
      order("attributes: {}, relationships: { o: «belongsTo()» }"),
    ],
    [
      "missing_option",
      'Write the options of the choice: `choice(["first", "second"])`.',
      order("attributes: { a: «choice()» }"),
    ],
    ["empty_group", "Name at least one field here or remove the list.", order("attributes: {}, unique: [«[]»]")],
    [
      "reserved_name",
      "`__proto__` cannot be a name here. Choose another.",
      order("attributes: { «__proto__»: text() }"),
    ],
    [
      "reserved_name",
      "`__proto__` cannot be a name here. Choose another.",
      order('attributes: { a: json({ default: { x: { «"__proto__"»: 1 } } }) }'),
    ],
    [
      "unexpected_code",
      'Only an import from "gantry" and `export default resource(...)` can stand here. Remove this.',
      whole("", "«console.log(1);»\n"),
    ],
    [
      "unexpected_code",
      "There is a second `export default`. Keep one in a file.",
      whole("", '«export default resource("Other", {});»\n'),
    ],
    ["foreign_import", 'Only "gantry" can be imported here. Remove this.', whole('«import fs from "node:fs";»\n')],
    ["foreign_import", '"gantry" has no `txt`. Did you mean `text`?', whole('import { «txt» } from "gantry";\n')],
    ["foreign_import", "Import `text` under its own name.", whole('import { «text as t» } from "gantry";\n')],
    [
      "missing_import",
      'Import `text` from "gantry" at the top of the file.',
      file('import { resource } from "gantry";\nexport default resource("Order", { attributes: { a: «text»() } });'),
    ],
  ];
  test.each(cases)("%s: %s", (code, message, files) => {
    const { problems, places, marks } = problemsAt(files);
    const found = problems.filter((problem) => !(code !== "duplicate_name" && problem.code === "duplicate_name"));
    expect(found.map((problem) => [problem.code, problem.message])).toEqual([[code, message]]);
    expect(places.slice(0, 1)).toEqual(marks);
  });
});

describe("whatever the files hold, reading answers", () => {
  const read = (text: string | Uint8Array) => readModel({ [configFile]: config, "domain/order.ts": String(text) });

  test("a missing config, an empty app, empty files", () => {
    expect(readModel({}).problems.map(({ message }) => message)).toEqual([
      'Add the file gantry.config.ts with `export default app({ name: "..." })`.',
    ]);
    expect(read("").problems.map(({ code }) => code)).toEqual(["missing_export"]);
    expect(readModel({ [configFile]: "" }).model).toBeNull();
  });

  test("files cut off at every byte are refused, or mean what they say", () => {
    for (let length = 0; length < order.length; length++) {
      const { model, problems } = readModel({ ...shop, "domain/order.ts": order.slice(0, length) });
      if (length < order.length - 3) {
        expect(model).toBeNull();
        expect(problems[0]?.file).toBe("domain/order.ts");
      }
      expectPlaced(problems, length);
    }
  });

  test("a slip of the pen leaves the resource on the screen and the others without complaint", () => {
    const { draft, problems } = readModel({
      ...shop,
      "domain/order.ts": order.replace("attributes: {", "attributes: "),
    });
    expect(draft.resources.map(({ name }) => name)).toEqual(["Customer", "Order", "Tag"]);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([["domain/order.ts", "syntax"]]);
  });

  test("any text, any place of it replaced by anything", () => {
    fc.assert(
      fc.property(
        fc.nat(order.length),
        fc.nat(30),
        fc.string({ unit: "binary", maxLength: 10 }),
        (at, length, text) => {
          const { problems } = read(order.slice(0, at) + text + order.slice(at + length));
          expectPlaced(problems, order.length + text.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("any tokens in any order", () => {
    const token = fc.constantFrom(
      ...'import|export default|resource|(|)|{|}|[|]|,|:|;|"Order"|text|choice|now|attributes|relationships|belongsTo|...|`|${|=>|async|class|-1|1e3|0x1|null|true|as const|@|#|/*|//|\n|get|\'|\\u0041|__proto__|constructor|<T>|?.|=|function|await|yield|new|satisfies|enum|namespace|1n|/a/'.split(
        "|",
      ),
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
        const body = tokens.join(" ");
        for (const text of [
          body,
          `export default resource("Order", { attributes: { a: ${body} } })`,
          `export default ${body}`,
        ]) {
          expectPlaced(read(text).problems, text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    ["brackets without end", "[".repeat(100_000)],
    [
      "calls in calls",
      `export default resource("Order", { attributes: { a: ${"text(".repeat(5000)}${")".repeat(5000)} } })`,
    ],
    [
      "objects in objects",
      `export default resource("Order", { attributes: { a: json({ default: ${"{a:".repeat(2000)}1${"}".repeat(2000)} }) } })`,
    ],
    ["a sum without end", `export default resource(${'"a" + '.repeat(20_000)}"b", {})`],
    ["as const without end", `export default resource("Order" ${"as const ".repeat(20_000)}, {})`],
    ["members without end", `export default a${".a".repeat(50_000)}`],
    ["nothing but NUL", "\u0000".repeat(1000)],
    ["half characters", "\ud800\udfff\udfff"],
    ["a byte order mark alone", "\ufeff"],
    ["a shebang", "#!/usr/bin/env node\n"],
    ["a namespace without a name", "; namespace new belongsTo"],
    ["JSX", "export default <div/>"],
    ["a class", "export default class Order {}"],
    ["an enum", "enum A { B }\nexport default resource('Order', {})"],
  ])("%s", (_, text) => {
    const { model, problems } = read(text);
    expect(model).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    expectPlaced(problems, text.length);
  });

  test("a file of more than 256 KB, and more than 2000 files", () => {
    expect(read(`// ${"x".repeat(256 * 1024)}`).problems.map(({ message }) => message)).toEqual([
      "This file is larger than 256 KB. Make it smaller.",
    ]);
    expect(read(`// ${"ü".repeat(130 * 1024)}`).problems.map(({ code }) => code)).toEqual(["too_large"]);
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`domain/a${at}.ts`, ""]));
    expect(readModel({ [configFile]: config, ...many }).problems).toContainEqual(
      expect.objectContaining({
        code: "too_many_files",
        message: "An app has at most 2000 resources; this one has 2001 files in domain/. Remove some.",
      }),
    );
  });

  test("a byte order mark and CRLF change nothing", () => {
    const odd = Object.fromEntries(
      Object.entries(shop).map(([path, text]) => [path, `\ufeff${text.replaceAll("\n", "\r\n")}`]),
    );
    expect(readModel(odd).model).toEqual(readModel(shop).model);
    expect(readModel(odd).places.rangeOf(["Order", "attributes", "note"])?.range.start).toMatchObject({
      line: 12,
      column: 5,
    });
  });

  test("paths and names of JavaScript's own are only names", () => {
    const sources = Object.fromEntries([
      ...Object.entries(shop),
      ["__proto__", "x"],
      ["constructor", "y"],
      ["domain/sub/other.ts", "not read"],
    ]);
    expect(readModel(sources).problems).toEqual([]);
    const { draft } = read(
      'export default resource("constructor", { attributes: { toString: text(), hasOwnProperty: text() } })',
    );
    expect(draft.resources[0]?.attributes.map(({ name }) => name)).toEqual(["toString", "hasOwnProperty"]);
  });
});

test("a resource whose file did not change stays the same object", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const sources = printSources(drawModel(draw));
      const before = readModel(sources).draft;
      const touched = Object.keys(sources).at(-1) ?? configFile;
      const after = readModel({ ...sources, [touched]: `${sources[touched]}// touched\n` }).draft;
      for (const [index, resource] of before.resources.slice(0, -1).entries()) {
        expect(after.resources[index]).toBe(resource);
      }
    }),
    { numRuns: 50, endOnFailure: true },
  );
});

function expectPlaced(problems: readonly Problem[], length: number): void {
  for (const { range, message, file } of problems) {
    expect(message).toMatch(/^\S.*[.?`]$/s);
    expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
    if (file === "domain/order.ts") expect(range.end.offset).toBeLessThanOrEqual(length);
    expect(range.start.line).toBeGreaterThanOrEqual(1);
    expect(range.start.column).toBeGreaterThanOrEqual(1);
  }
}
