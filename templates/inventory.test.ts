import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedTemplate, servedTemplate, type TemplateClient } from "#tests/support/servedTemplate.ts";

const id = (kind: string, number: number) => `0197f000-0000-7000-8000-${kind}${number.toString(16).padStart(8, "0")}`;
const product = (number: number) => id("0012", number);
const supplier = (number: number) => id("0013", number);
const warehouse = (number: number) => id("0014", number);
const location = (number: number) => id("0015", number);
const item = (number: number) => id("0016", number);
const order = (number: number) => id("0018", number);
const line = (number: number) => id("0019", number);

let stock: ServedTemplate;
let manager: TemplateClient;
let clerk: TemplateClient;
let buyer: TemplateClient;
let reader: TemplateClient;

beforeAll(async () => {
  stock = await servedTemplate("inventory");
  const as = (role: string) => stock.as({ roles: [role] });
  [manager, clerk, buyer, reader] = [as("manager"), as("clerk"), as("buyer"), as("reader")];
});
afterAll(() => stock[Symbol.asyncDispose]());

let made = 0;

/** A product of its own for a test, and the place where it lies. */
async function kept(values: Readonly<Record<string, unknown>> = {}): Promise<{ product: string; item: string }> {
  const own = { sku: `TEST-${++made}`, name: "Washer", cost: "2.5", price: "5", reorderLevel: 10, ...values };
  const { body } = await manager.post("/products", own);
  const lies = await clerk.post("/stock-items", { productId: body.id, locationId: location(1) });
  expect(lies.status).toBe(201);
  return { product: body.id, item: lies.body.id };
}

const move = (to: string, kind: string, quantity: string, more: object = {}) =>
  clerk.post("/stock-movements", { stockItemId: to, kind, quantity, ...more });
const onHand = async (of: string) => (await manager.get(`/stock-items/${of}`)).body.onHand;

/** An order that has been sent, for so many of a product. */
async function sent(of: string, quantity: string): Promise<{ order: string; line: string }> {
  const made = await buyer.post("/purchase-orders", { supplierId: supplier(1), deliverToId: warehouse(1) });
  const ordered = await buyer.post("/purchase-order-lines", { orderId: made.body.id, productId: of, quantity });
  expect(ordered.status).toBe(201);
  expect((await buyer.post(`/purchase-orders/${made.body.id}/send`)).status).toBe(200);
  return { order: made.body.id, line: ordered.body.id };
}

describe("stock", () => {
  test("of the seeds is what was counted", async () => {
    const { body } = await manager.get("/stock-items?sort=id&fields=onHand");
    const counted = ["120.000", "14.000", "88.000", "35.000", "8.000", "11.000", "3.000", "4.000", "180.500", "22.000"];
    expect(body.data.map(({ onHand }: { readonly onHand: string }) => onHand)).toEqual(counted);
  });

  test("adds up after a mix of movements, and so does its value", async () => {
    const own = await kept();
    await move(own.item, "received", "100");
    expect((await clerk.post("/stock-movements:ship", { stockItemId: own.item, quantity: "30" })).status).toBe(201);
    await move(own.item, "returned", "4.5");
    await move(own.item, "scrapped", "-0.5", { note: "Bent" });
    expect((await clerk.get(`/products/${own.product}`)).body.onHand).toBe("74.000");
    expect((await manager.get(`/products/${own.product}`)).body.stockValue).toBe("185.00");
    await manager.patch(`/products/${own.product}`, { cost: "3" });
    await move(own.item, "received", "10");
    expect((await manager.get(`/products/${own.product}`)).body).toMatchObject({
      onHand: "84.000",
      stockValue: "215.00",
    });
  });

  test("is never less than nothing, however many take from it at once", async () => {
    const own = await kept();
    await move(own.item, "received", "5");
    const refused = await clerk.post("/stock-movements:ship", { stockItemId: own.item, quantity: "6" });
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ field: "quantity", rule: "check", message: "There is not that much at this location." }],
    ]);
    const takes = await Promise.all(Array.from({ length: 8 }, () => move(own.item, "shipped", "-1")));
    expect(takes.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(await onHand(own.item)).toBe("0.000");
  });

  test("is moved from place to place by two movements or none", async () => {
    const own = await kept();
    const other = await clerk.post("/stock-items", { productId: own.product, locationId: location(2) });
    await move(own.item, "received", "10");
    const moved = (quantity: string) =>
      clerk.post("/stock-movements", [
        { stockItemId: own.item, kind: "moved", quantity: `-${quantity}` },
        { stockItemId: other.body.id, kind: "moved", quantity },
      ]);
    expect((await moved("4")).status).toBe(201);
    expect((await moved("7")).status).toBe(422);
    expect([await onHand(own.item), await onHand(other.body.id)]).toEqual(["6.000", "4.000"]);
    expect((await manager.get(`/products/${own.product}`)).body.onHand).toBe("10.000");
    const blocked = await clerk.post("/stock-items", { productId: own.product, locationId: location(6) });
    expect((await move(blocked.body.id, "moved", "1")).body.errors[0].field).toBe("stockItem");
  });

  test("has movements that come in and go out as their kind says", async () => {
    const wrong = await move(item(1), "received", "-1");
    expect([wrong.status, wrong.body.errors[0].message]).toEqual([422, "What comes in is a positive quantity."]);
    expect((await move(item(1), "shipped", "1")).body.errors[0].message).toBe("What goes out is a negative quantity.");
    expect((await move(item(1), "moved", "0")).status).toBe(422);
  });
});

describe("movements", () => {
  test("are never changed nor removed, but reversed once, by a manager", async () => {
    const own = await kept();
    const first = await move(own.item, "received", "8");
    expect((await manager.patch(`/stock-movements/${first.body.id}`, { quantity: "9" })).status).toBe(405);
    expect((await manager.destroy(`/stock-movements/${first.body.id}`)).status).toBe(405);
    const back = { stockItemId: own.item, kind: "reversed", quantity: "-8", reversesId: first.body.id };
    expect((await clerk.post("/stock-movements", back)).status).toBe(403);
    expect((await manager.post("/stock-movements", { ...back, quantity: "-7" })).body.errors[0].field).toBe("reverses");
    expect((await manager.post("/stock-movements", back)).status).toBe(201);
    expect(await onHand(own.item)).toBe("0.000");
    await move(own.item, "received", "8");
    expect((await manager.post("/stock-movements", back)).status).toBe(409);
  });

  test("show their cost to managers, not to clerks", async () => {
    const own = await kept();
    const { body } = await move(own.item, "received", "2");
    expect(body).toMatchObject({ unitCost: null, value: null });
    expect((await manager.get(`/stock-movements/${body.id}`)).body).toMatchObject({
      unitCost: "2.5000",
      value: "5.00",
    });
    expect((await clerk.get(`/products/${own.product}`)).body).toMatchObject({ cost: null, stockValue: null });
  });
});

describe("products", () => {
  const skus = async (path: string) => {
    const { body } = await buyer.get(`${path}?page[size]=100`);
    return body.data.map(({ sku }: { readonly sku: string }) => sku);
  };

  test("below their reorder level are listed, until enough is there or on its way", async () => {
    expect(await skus("/products:lowStock")).toEqual(expect.arrayContaining(["BLT-M12-80", "SPN-SET"]));
    expect(await skus("/products:lowStock")).not.toContain("SCR-M4-20");
    const own = await kept({ sku: "LOW-1" });
    expect(await skus("/products:lowStock")).toContain("LOW-1");
    await sent(own.product, "12");
    expect(await skus("/products:lowStock")).toContain("LOW-1");
    expect(await skus("/products:toOrder")).not.toContain("LOW-1");
    await move(own.item, "received", "10");
    expect(await skus("/products:lowStock")).not.toContain("LOW-1");
  });

  test("are found by their barcode, which no other has", async () => {
    const { body } = await clerk.get("/products:scan?arguments[barcode]=5012345678900");
    expect(body.data).toMatchObject([{ sku: "HAM-500" }]);
    const again = { sku: "HAM-501", name: "Hammer", price: "9", barcode: "5012345678900" };
    expect((await manager.post("/products", again)).status).toBe(409);
    expect((await manager.post("/products", { ...again, barcode: "123" })).body.errors[0].rule).toBe("pattern");
  });

  test("count their versions, so that nobody undoes what another has changed", async () => {
    const own = await kept();
    await manager.patch(`/products/${own.product}`, { name: "Washer, large" });
    const late = await stock.app.fetch(`/rest/v1/products/${own.product}`, {
      method: "PATCH",
      headers: { "content-type": "application/json", "if-match": '"1"' },
      body: JSON.stringify({ name: "Washer, small" }),
    });
    expect(late.status).toBe(412);
  });
});

describe("purchase orders", () => {
  test("arrive in parts, with delivery numbers that have no gaps, and never more than was ordered", async () => {
    const own = await kept();
    const ordered = await sent(own.product, "20");
    const receipt = await clerk.post("/goods-receipts", { orderId: ordered.order, deliveryNote: "A-1" });
    const refused = await clerk.post("/goods-receipts", { orderId: order(3) });
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, "order"]);
    const next = await clerk.post("/goods-receipts", { orderId: ordered.order });
    const numbers = [receipt, next].map(({ body }) => Number(body.number.slice(-4)));
    expect(receipt.body.number).toMatch(/^GR-\d{4}-\d{4}$/);
    expect(numbers[1]).toBe((numbers[0] ?? 0) + 1);

    const arrive = (quantity: string) =>
      clerk.post("/stock-movements:receive", {
        stockItemId: own.item,
        orderLineId: ordered.line,
        receiptId: receipt.body.id,
        quantity,
      });
    expect((await arrive("12")).status).toBe(201);
    const early = await clerk.post(`/purchase-orders/${ordered.order}/complete`);
    expect([early.status, early.body.detail]).toEqual([409, "Not everything has arrived yet."]);
    expect((await arrive("9")).body.errors[0].message).toBe("That is more than was ordered.");
    expect((await arrive("8")).status).toBe(201);
    const { body } = await manager.get(`/purchase-order-lines/${ordered.line}`);
    expect(body).toMatchObject({ received: "20.000", outstanding: "0.000" });
    expect((await clerk.post(`/purchase-orders/${ordered.order}/complete`)).body.status).toBe("received");
    expect(await onHand(own.item)).toBe("20.000");
  });

  test("stay as they are once they are sent, and say where they can go", async () => {
    const late = await buyer.post("/purchase-order-lines", { orderId: order(2), productId: product(7), quantity: "1" });
    expect([late.status, late.body.errors[0].field]).toEqual([422, "order"]);
    expect((await manager.destroy(`/purchase-orders/${order(2)}`)).status).toBe(403);
    const again = await buyer.post(`/purchase-orders/${order(2)}/send`);
    expect([again.body.code, again.body.errors[0].allowed]).toEqual(["illegal_transition", ["complete", "cancel"]]);
    const begun = await buyer.post(`/purchase-orders/${order(2)}/cancel`);
    expect([begun.status, begun.body.detail]).toEqual([409, "Goods have arrived already, so the order stays."]);
    const empty = await buyer.post("/purchase-orders", { supplierId: supplier(1), deliverToId: warehouse(1) });
    const nothing = await buyer.post(`/purchase-orders/${empty.body.id}/send`);
    expect([nothing.status, nothing.body.detail]).toEqual([409, "An order without lines is not sent."]);
  });

  test("of more than 5000 are sent by managers only", async () => {
    expect((await manager.get(`/purchase-orders/${order(5)}`)).body.total).toBe("6700.00");
    expect((await buyer.post(`/purchase-orders/${order(5)}/send`)).status).toBe(403);
    expect((await manager.post(`/purchase-orders/${order(5)}/send`)).body.status).toBe("sent");
  });

  test("take the cost of a line from the product", async () => {
    const { body } = await manager.get(`/purchase-order-lines/${line(3)}`);
    expect(body).toMatchObject({ total: "276.00", outstanding: "10.000" });
    const own = await kept({ cost: "1.25" });
    const draft = await buyer.post("/purchase-orders", { supplierId: supplier(2), deliverToId: warehouse(1) });
    const made = { orderId: draft.body.id, productId: own.product, quantity: "8" };
    expect((await buyer.post("/purchase-order-lines", made)).body).toMatchObject({
      unitCost: "1.2500",
      total: "10.00",
    });
  });
});

test("a stock take is posted once every difference has been moved", async () => {
  const own = await kept();
  await move(own.item, "received", "50");
  const take = await clerk.post("/stock-takes", { locationId: location(1) });
  const count = { stockTakeId: take.body.id, stockItemId: own.item, counted: "47" };
  expect((await clerk.post("/stock-take-lines", count)).body.errors[0].field).toBe("stockTake");
  await clerk.post(`/stock-takes/${take.body.id}/begin`);
  const counted = await clerk.post("/stock-take-lines", count);
  expect([counted.status, counted.body]).toMatchObject([201, { expected: "50.000", difference: "-3.000" }]);
  const early = await manager.post(`/stock-takes/${take.body.id}/post`);
  expect([early.status, early.body.detail]).toEqual([409, "Some differences have not been moved yet."]);
  expect((await move(own.item, "counted", "-2", { countedById: counted.body.id })).status).toBe(422);
  expect((await move(own.item, "counted", "-3", { countedById: counted.body.id })).status).toBe(201);
  expect((await manager.post(`/stock-takes/${take.body.id}/post`)).body.status).toBe("posted");
  expect(await onHand(own.item)).toBe("47.000");
});

test("readers change nothing, and clerks order nothing", async () => {
  expect(
    (await reader.post("/stock-movements", { stockItemId: item(1), kind: "shipped", quantity: "-1" })).status,
  ).toBe(403);
  const bought = { supplierId: supplier(1), deliverToId: warehouse(1) };
  expect((await clerk.post("/purchase-orders", bought)).status).toBe(403);
  expect((await clerk.patch(`/products/${product(1)}`, { reorderLevel: 0 })).status).toBe(403);
});
