import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import { describeChange } from "./describeChange.ts";
import { diffModels } from "./diffModels.ts";

const config = `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`;
const customer = (attributes: string) =>
  `import { boolean, hasMany, resource, text } from "gantry";
export default resource("Customer", { attributes: { ${attributes} }, relationships: { orders: hasMany("Order", { via: "customer" }) } });`;
const order = (body: string, name = "Order") =>
  `import { belongsTo, choice, date, decimal, resource, text } from "gantry";
export default resource("${name}", { table: "orders", ${body} });`;

const plainOrder =
  'attributes: { freight: decimal({ scale: 2, precision: 8 }), stage: choice(["open", "shipped"]), on: date() }, relationships: { customer: belongsTo("Customer") }';

/** What people are told of the way from one state of the two files to the other. */
function told(before: readonly [customer: string, order: string], after: readonly [customer: string, order: string]) {
  const [was, is] = [before, after].map(([customerFile, orderFile]) => {
    const { model, problems } = readModel({
      "gantry.config.ts": config,
      "domain/customer.ts": customerFile,
      "domain/order.ts": orderFile,
    });
    if (!model) throw new Error(problems.map(({ message }) => message).join("\n"));
    return model;
  });
  if (!was || !is) throw new Error("Both models are there.");
  return diffModels(was, is).map(describeChange);
}

test("a renamed attribute is told as renamed, since its column stayed, and a new one with what it is", () => {
  expect(
    told(
      [customer("name: text()"), order(plainOrder)],
      [
        customer("name: text(), preferred: boolean({ required: true, default: false })"),
        order(plainOrder.replace("freight: decimal({", 'shippingCost: decimal({ column: "freight",')),
      ],
    ),
  ).toEqual([
    "Customer has a new required boolean, preferred, false by default",
    "Order.freight is now called shippingCost",
  ]);
});

test("a renamed resource takes nothing with it: relationships to it are the same", () => {
  const renamed = order(plainOrder, "Sale");
  const to = customer("name: text()").replace('hasMany("Order"', 'hasMany("Sale"');
  const before = readModel({
    "gantry.config.ts": config,
    "domain/customer.ts": customer("name: text()"),
    "domain/order.ts": order(plainOrder),
  });
  const after = readModel({ "gantry.config.ts": config, "domain/customer.ts": to, "domain/sale.ts": renamed });
  if (!before.model || !after.model) throw new Error("Both models are sound.");
  expect(diffModels(before.model, after.model).map(describeChange)).toEqual([
    "Order is now called Sale",
    "Sale: plural is now sales; it was orders",
  ]);
});

test("options, limits and rules are told one by one, with what they were", () => {
  expect(
    told(
      [customer("name: text({ maxLength: 40 })"), order(plainOrder)],
      [
        customer("name: text({ maxLength: 80, required: true })"),
        order(
          plainOrder
            .replace('["open", "shipped"]', '{ open: "open", sent: "shipped", returned: "returned" }')
            .replace('belongsTo("Customer")', 'belongsTo("Customer", { required: true, onDelete: "cascade" })')
            .concat(', unique: [["customer", "on"]], indexes: [["-on"]]'),
        ),
      ],
    ),
  ).toEqual([
    "Customer.name: a value is now required",
    "Customer.name: maxLength is now 80; it was 40",
    "Order.stage has a new option, returned",
    "Order.stage: option shipped is now called sent",
    "Order.customer: a value is now required",
    "Order.customer: onDelete is now cascade; it was restrict",
    "Order: customer and on together must be unique",
    "Order has a new index on -on",
  ]);
});

test("the same model differs in nothing", () => {
  const files = [customer("name: text()"), order(plainOrder)] as const;
  expect(told(files, files)).toEqual([]);
});
