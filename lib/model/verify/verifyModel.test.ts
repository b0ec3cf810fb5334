import { describe, expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import { readModel } from "../read/readModel.ts";
import { marked, problemsAt } from "../testing/markedSources.ts";

interface Case {
  readonly code: string;
  readonly message: string;
  /** What the one click says; after it the app has no errors. */
  readonly fix?: string;
  readonly files: Readonly<Record<string, string>>;
}

const order = (options: string) => ({ "domain/order.ts": `resource("Order", { ${options} })` });
const customer = { "domain/customer.ts": `resource("Customer", { attributes: {} })` };

const rules: Readonly<Record<string, readonly Case[]>> = {
  unknownTarget: [
    {
      code: "unknown_target",
      message: "There is no resource `Custmer`. Did you mean `Customer`?",
      files: { ...customer, ...order(`attributes: {}, relationships: { customer: belongsTo(«"Custmer"») }`) },
    },
    {
      code: "unknown_target",
      message: "There is no resource `Parcel`. Add it or lead to another.",
      fix: "Add the resource Parcel",
      files: order(`attributes: {}, relationships: { parcels: manyToMany(«"Parcel"») }`),
    },
  ],
  hasManyVia: [
    {
      code: "unknown_via",
      message: "`Order` has no belongsTo `custmer`. Did you mean `customer`?",
      files: {
        "domain/customer.ts": `resource("Customer", { attributes: {}, relationships: { orders: hasMany("Order", { via: «"custmer"» }) } })`,
        ...order(`attributes: {}, relationships: { customer: belongsTo("Customer") }`),
      },
    },
    {
      code: "unknown_via",
      message: '`Order` has no belongsTo `buyer`. Add `buyer: belongsTo("Customer")` to `Order`.',
      fix: "Add buyer to Order",
      files: {
        "domain/customer.ts": `resource("Customer", { attributes: {}, relationships: { orders: hasMany("Order", { via: «"buyer"» }) } })`,
        ...order("attributes: {}"),
      },
    },
    {
      code: "unknown_via",
      message:
        '`buyer` of `Order` is no belongsTo that leads to `Customer`. Add `buyer: belongsTo("Customer")` to `Order`.',
      files: {
        "domain/customer.ts": `resource("Customer", { attributes: {}, relationships: { orders: hasMany("Order", { via: «"buyer"» }) } })`,
        ...order(`attributes: {}, relationships: { buyer: belongsTo("Order") }`),
      },
    },
  ],
  manyToManyVia: [
    {
      code: "unknown_via",
      message: "`Tag` has no manyToMany `order` that leads to `Order`. Did you mean `orders`?",
      files: {
        ...order(`attributes: {}, relationships: { tags: manyToMany("Tag", { via: «"order"» }) }`),
        "domain/tag.ts": `resource("Tag", { attributes: {}, relationships: { orders: manyToMany("Order") } })`,
      },
    },
    {
      code: "duplicate_via",
      message: "`tags` is the other side of `orders` already. Remove one of the two.",
      fix: "Remove labels",
      files: {
        ...order(
          `attributes: {}, relationships: { tags: manyToMany("Tag", { via: "orders" }), labels: manyToMany("Tag", { via: «"orders"» }) }`,
        ),
        "domain/tag.ts": `resource("Tag", { attributes: {}, relationships: { orders: manyToMany("Order") } })`,
      },
    },
  ],
  nameShapes: [
    {
      code: "name_shape",
      message:
        "A name here starts with a small letter and has only the letters A to Z and digits, such as `unitPrice`.",
      fix: "Rename it to unitPrice",
      files: order("attributes: { «unit_price»: decimal() }"),
    },
    {
      code: "name_shape",
      message: "A name here starts with a small letter and has only the letters A to Z and digits.",
      files: order('attributes: { «"価格"»: decimal({ column: "price" }) }'),
    },
    {
      code: "name_shape",
      message: "A resource's name starts with a capital and has only the letters A to Z and digits, such as `Order`.",
      fix: "Rename it to Order",
      files: { "domain/order.ts": `resource(«"order"», { attributes: {} })` },
    },
    {
      code: "name_shape",
      message: "A stored name has at most 63 bytes; this one has 64. Write `column` here.",
      files: order(`attributes: { price: decimal({ column: «"${"ü".repeat(32)}"» }) }`),
    },
    {
      code: "name_shape",
      message: "A stored name has at most 63 bytes; this one has 82. Write `table` here.",
      files: {
        ...order(
          `attributes: {}, relationships: { «${"tags".repeat(15)}»: manyToMany("Tag", { column: "a", targetColumn: "b", table: "${"o".repeat(82)}" }) }`
            .replace(/«(\w+)»/, "$1")
            .replace(/"o+"/, (name) => `«${name}»`),
        ),
        "domain/tag.ts": `resource("Tag", { attributes: {} })`,
      },
    },
  ],
  reservedNames: [
    {
      code: "reserved_name",
      message: "`id` is the key of every record. Choose another name.",
      files: order("attributes: { «id»: uuid({ column: 'other' }) }"),
    },
    {
      code: "reserved_name",
      message: "`constructor` is a word of JavaScript. Choose another name.",
      files: order("attributes: { «constructor»: text() }"),
    },
    {
      code: "reserved_name",
      message: "`Query` is a root type of GraphQL. Choose another name.",
      files: { "domain/query.ts": `resource(«"Query"», { attributes: {} })` },
    },
    {
      code: "reserved_name",
      message: "`xmin` is a column that PostgreSQL gives every table. Write another `column`.",
      files: order("attributes: { «xmin»: integer() }"),
    },
    {
      code: "reserved_name",
      message: "`gantry_jobs` is kept for Gantry's own tables. Write another `table`.",
      files: order('table: «"gantry_jobs"», attributes: {}'),
    },
  ],
  duplicateFields: [
    {
      code: "duplicate_name",
      message: "`customer` is an attribute of `Order` already, and here it is a relationship. Rename one of them.",
      files: {
        ...customer,
        ...order(`attributes: { customer: text() }, relationships: { «customer»: belongsTo("Customer") }`),
      },
    },
    {
      code: "duplicate_name",
      message:
        "`customerId` is an attribute of `Order` already, and here it is the field of the key that `customer` holds. Rename one of them.",
      files: {
        ...customer,
        ...order(
          `attributes: { customerId: text({ column: "x" }) }, relationships: { «customer»: belongsTo("Customer") }`,
        ),
      },
    },
    {
      code: "duplicate_name",
      message: "`note` is here twice. Remove or rename one.",
      files: order("attributes: { note: text(), «note»: text() }"),
    },
  ],
  duplicateApiNames: [
    {
      code: "duplicate_name",
      message: "Many `Order` are called `orders` in the API, as `Customer` is. Write another `plural`.",
      files: {
        ...order('plural: «"orders"», table: "o", attributes: {}'),
        "domain/customer.ts": `resource("Customer", { plural: "orders", attributes: {} })`,
      },
    },
    {
      code: "duplicate_name",
      message: "One and many `Sheep` are both called `sheep` in the API. Write another `plural`, such as `sheepList`.",
      fix: "Use sheepList",
      files: { "domain/sheep.ts": `resource("Sheep", { plural: «"sheep"», attributes: {} })` },
    },
    {
      code: "duplicate_name",
      message: "`Order` is also in domain/order.ts. Rename or remove one of them.",
      files: {
        "domain/an-order.ts": `resource(«"Order"», { attributes: {} })`,
        "domain/order.ts": `resource("Order", { attributes: {} })`,
      },
    },
    {
      code: "duplicate_name",
      message: "`ApiKey` is called `apiKey` in the API, as `APIKey` is. Rename one of them.",
      files: {
        "domain/api-key.ts": `resource("APIKey", { attributes: {} })`,
        "domain/key.ts": `resource(«"ApiKey"», { plural: "keys", attributes: {} })`,
      },
    },
  ],
  duplicateTypes: [
    {
      code: "duplicate_name",
      message: "`OrderConnection` is the name of a GraphQL type that comes with `Order`. Choose another name.",
      files: {
        ...order("attributes: {}"),
        "domain/order-connection.ts": `resource(«"OrderConnection"», { attributes: {} })`,
      },
    },
    {
      code: "duplicate_name",
      message:
        "The options of `stage` are the GraphQL type `OrderStage`, a name that `OrderStage` takes. Rename one of them.",
      files: {
        ...order('attributes: { «stage»: choice(["open"]) }'),
        "domain/order-stage.ts": `resource("OrderStage", { attributes: {} })`,
      },
    },
  ],
  duplicateTables: [
    {
      code: "duplicate_stored_name",
      message: "The table `customers` is that of `Customer` already. Write another `table`.",
      files: { ...customer, ...order('table: «"customers"», attributes: {}') },
    },
    {
      code: "duplicate_stored_name",
      message: "The table `customers` is that of `Customer` already. Write another `table`.",
      files: {
        ...customer,
        ...order('attributes: {}, relationships: { customers: manyToMany("Customer", { table: «"customers"» }) }'),
      },
    },
    {
      code: "duplicate_stored_name",
      message: "Both columns of the join table are called `a`. Write another `column` or `targetColumn`.",
      files: {
        ...customer,
        ...order(
          'attributes: {}, relationships: { customers: manyToMany("Customer", { column: "a", targetColumn: «"a"» }) }',
        ),
      },
    },
  ],
  duplicateColumns: [
    {
      code: "duplicate_stored_name",
      message: "The column `customer_id` is that of `customerId2` already. Write another `column`.",
      files: {
        ...customer,
        ...order(
          `attributes: { customerId2: text({ column: "customer_id" }) }, relationships: { «customer»: belongsTo("Customer") }`,
        ),
      },
    },
    {
      code: "duplicate_stored_name",
      message: "The column `id` is that of the key already. Write another `column`.",
      files: order('attributes: { number: text({ column: «"id"» }) }'),
    },
  ],
  requiredCycle: [
    {
      code: "required_cycle",
      message:
        "`Customer` needs `Order` needs `Customer`, so that the first could never be created. Make `Customer.favourite` or `Order.customer` optional.",
      fix: "Make Customer.favourite optional",
      files: {
        "domain/customer.ts": `resource("Customer", { attributes: {}, relationships: { favourite: belongsTo("Order", { required: «true» }) } })`,
        ...order(`attributes: {}, relationships: { customer: belongsTo("Customer", { required: true }) }`),
      },
    },
    {
      code: "required_cycle",
      message: "`Order` needs `Order`, so that the first could never be created. Make `Order.previous` optional.",
      fix: "Make Order.previous optional",
      files: order(`attributes: {}, relationships: { previous: belongsTo("Order", { required: «true» }) }`),
    },
  ],
  requiredSetNull: [
    {
      code: "required_set_null",
      message:
        '`customer` is required, so it cannot be emptied on deletion. Write "restrict" or "cascade", or make it optional.',
      fix: "Refuse the deletion instead",
      files: {
        ...customer,
        ...order(
          `attributes: {}, relationships: { customer: belongsTo("Customer", { required: true, onDelete: «"setNull"» }) }`,
        ),
      },
    },
  ],
  keptCascades: [
    {
      code: "kept_cascade",
      message:
        'Destroyed Customer records are kept, so what cascades from them has to be kept as well: write `softDelete: true` in Order, or choose "restrict" here.',
      fix: "Refuse the deletion instead",
      files: {
        "domain/customer.ts": 'resource("Customer", { attributes: {}, softDelete: true })',
        ...order(`attributes: {}, relationships: { customer: belongsTo("Customer", { onDelete: «"cascade"» }) }`),
      },
    },
  ],
  bounds: [
    {
      code: "bounds",
      message: "No value is both at least 10 and at most 9.5. Change one.",
      files: order('attributes: { price: decimal({ min: «"10"», max: "9.5" }) }'),
    },
    {
      code: "bounds",
      message: "The default is below `min`, 2026-01-01. Change one of them.",
      files: order('attributes: { on: date({ min: "2026-01-01", default: «"2025-12-31"» }) }'),
    },
    {
      code: "bounds",
      message: "The default is above `max`, 5. Change one of them.",
      files: order("attributes: { count: integer({ max: 5, default: «6» }) }"),
    },
    {
      code: "bounds",
      message: "No text has both at least 3 and at most 2 characters. Change one.",
      files: order("attributes: { note: text({ minLength: «3», maxLength: 2 }) }"),
    },
    {
      code: "bounds",
      message: "The default has 3 characters, more than `maxLength`. Change one of them.",
      files: order('attributes: { note: text({ maxLength: 2, default: «"🙂🙂🙂"» }) }'),
    },
  ],
  decimals: [
    {
      code: "precision",
      message: "Of 2 digits in all, 3 cannot stand after the point. Change one of them.",
      files: order("attributes: { price: decimal({ precision: 2, scale: «3» }) }"),
    },
    {
      code: "precision",
      message: "Write `precision` too: how many digits there are in all.",
      files: order("attributes: { price: decimal({ scale: «3» }) }"),
    },
    {
      code: "precision",
      message: "`precision` is between 1 and 1000.",
      files: order("attributes: { price: decimal({ precision: «1001» }) }"),
    },
    {
      code: "precision",
      message: "Write at most 2 digits after the point here.",
      files: order('attributes: { price: decimal({ precision: 9, scale: 2, min: «"0.005"» }) }'),
    },
    {
      code: "precision",
      message: "Write at most 1 digits before the point here.",
      files: order('attributes: { price: decimal({ precision: 3, scale: 2, default: «"10"» }) }'),
    },
  ],
  patterns: [
    {
      code: "pattern",
      message: "Write `[0-9]` for `\\d`, which not every engine reads alike.",
      fix: "Write [0-9]{3}",
      files: order('attributes: { code: text({ pattern: «"\\\\d{3}"» }) }'),
    },
    {
      code: "pattern",
      message:
        "Some texts match this in so many ways that it could take for ever. Let what is repeated begin or end with a character of its own, as in `[a-z]+(-[a-z]+)*`.",
      files: order('attributes: { code: text({ pattern: «"(a+)+"» }) }'),
    },
    {
      code: "pattern",
      message: "The default does not match `pattern`. Change one of them.",
      files: order('attributes: { code: text({ pattern: "[A-Z]+", default: «"a"» }) }'),
    },
  ],
  choices: [
    {
      code: "choice",
      message: "A choice has at least one option. Add one.",
      files: order("attributes: { stage: choice(«[]») }"),
    },
    {
      code: "duplicate_name",
      message: "The option `open` is here twice. Remove one.",
      files: order('attributes: { stage: choice(["open", «"open"»]) }'),
    },
    {
      code: "choice",
      message: '`open` is stored as "O" already. Store `other` as something else.',
      files: order('attributes: { stage: choice({ open: "O", other: «"O"» }) }'),
    },
    {
      code: "choice",
      message: '"opne" is no option of this choice. Did you mean "open"?',
      files: order('attributes: { stage: choice(["open", "shipped"], { default: «"opne"» }) }'),
    },
    {
      code: "name_shape",
      message:
        "An option's name starts with a letter and has only the letters A to Z, digits and `_`, such as `inTransit`.",
      fix: "Call it inTransit",
      files: order('attributes: { stage: choice([«"in transit"»]) }'),
    },
    {
      code: "reserved_name",
      message: "`true` is a word of GraphQL. Choose another name.",
      files: order('attributes: { stage: choice([«"true"», "no"]) }'),
    },
  ],
  groups: [
    {
      code: "unknown_field",
      message: "`Order` has no field `freigt`. Did you mean `freight`?",
      files: order('attributes: { freight: decimal() }, unique: [[«"freigt"»]]'),
    },
    {
      code: "unknown_field",
      message: "`Order` has no field `customerId`. Did you mean `customer`?",
      files: {
        ...customer,
        ...order(
          'attributes: { n: text() }, relationships: { customer: belongsTo("Customer") }, indexes: [["n", «"-customerId"»]]',
        ),
      },
    },
    {
      code: "unknown_field",
      message: "`data` is JSON, which cannot stand in such a group. Remove it.",
      files: order('attributes: { data: json() }, indexes: [[«"data"»]]'),
    },
    {
      code: "duplicate_name",
      message: "`a` is in this group twice. Remove one.",
      files: order('attributes: { a: text() }, unique: [["a", «"a"»]]'),
    },
    {
      code: "duplicate_group",
      message: "These fields together are unique already. Remove this group.",
      fix: "Remove this group",
      files: order('attributes: { a: text(), b: text() }, unique: [["a", "b"], «["b", "a"]»]'),
    },
    {
      code: "duplicate_group",
      message: "`a` is unique already. Remove this group.",
      fix: "Remove this group",
      files: order('attributes: { a: text({ unique: true }) }, unique: [«["a"]»]'),
    },
    {
      code: "duplicate_group",
      message: "This index is there already. Remove it.",
      fix: "Remove this index",
      files: order('attributes: { a: text() }, indexes: [["-a"], «["-a"]»]'),
    },
  ],
  appName: [
    {
      code: "missing_app",
      message: 'Give the app a name: `app({ name: "..." })`.',
      files: { "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: «" "» });\n` },
    },
  ],
  fileNames: [
    {
      code: "file_name",
      message: "Rename this file to domain/order-detail.ts, where `OrderDetail` is looked for.",
      files: { "domain/details.ts": `resource(«"OrderDetail"», { attributes: {} })` },
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

    test.each(cases.filter(({ fix }) => fix !== undefined))("$fix mends it", ({ files }) => {
      const { sources } = marked(files);
      const [problem] = readModel(sources).problems;
      if (!problem?.fix) throw new Error("There is no fix.");
      expect(readModel(applyCommand(sources, problem.fix.command)).problems).toEqual([]);
    });
  });
}

test("an app without resources is whole", () => {
  expect(problemsAt({}).problems).toEqual([]);
});

test("a resource with more members than can be is refused at its name", () => {
  const members = Array.from({ length: 501 }, (_, at) => `a${at}: text()`).join(", ");
  const { problems, places, marks } = problemsAt({
    "domain/order.ts": `resource(«"Order"», { attributes: { ${members} } })`,
  });
  expect(problems.map(({ message }) => message)).toEqual([
    "`Order` has 501 attributes and relationships; at most 500 can be kept. Split it.",
  ]);
  expect(places).toEqual(marks);
});
