import { describe, expect, test } from "vitest";
import { salesModel } from "../../compile/testing/salesModel.ts";
import { AppError } from "../../errors/AppError.ts";
import { catalogOf, entityNamed } from "../catalog/Catalog.ts";
import type { OrderTerm } from "../types.ts";
import { completeOrder } from "./completeOrder.ts";
import { orderSignature, readCursor } from "./cursor.ts";

const catalog = catalogOf(salesModel);
const entity = entityNamed(catalog, "Deal");
const order = completeOrder([{ path: ["amount"], descending: true }]);
const id = "00000000-0000-4000-8000-000000000001";
const signature = orderSignature("Deal", order);

const encode = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString("base64url");
const read = (text: string, by: readonly OrderTerm[] = order) =>
  readCursor(text, { catalog, entity, order: by, field: "after" });

describe("cursors", () => {
  test("give back their values, in canonical form", () => {
    expect(read(encode(["1", signature, "007.50", id.toUpperCase()]))).toEqual(["7.50", id]);
    expect(read(encode(["1", signature, null, id]))).toEqual([null, id]);
  });

  test.each([
    ["nothing", ""],
    ["no base64url", "a+b/"],
    ["no JSON", Buffer.from("hello").toString("base64url")],
    ["no UTF-8", Buffer.from([0xff, 0xfe]).toString("base64url")],
    ["no list", encode({ a: 1 })],
    ["other things than texts", encode(["1", signature, 5, id])],
    ["another version", encode(["2", signature, "1", id])],
    ["too few values", encode(["1", signature, "1"])],
    ["a value of another type", encode(["1", signature, "x", id])],
    ["a key of another type", encode(["1", signature, "1", "x"])],
    ["far too much", "a".repeat(30_000)],
  ])("with %s are refused", (_, text) => {
    expect(() => read(text)).toThrow(AppError);
  });

  test("belong to one order of one resource", () => {
    const text = encode(["1", signature, "1", id]);
    const other = completeOrder([{ path: ["amount"], descending: false }]);
    expect(() => read(text, other)).toThrow(/another sort order/);
    expect(orderSignature("Company", order)).not.toBe(signature);
  });
});

describe("the order of a list", () => {
  const term = (path: string, descending = false) => ({ path: path.split("."), descending });

  test("ends with the key, in the direction of the term before it", () => {
    expect(completeOrder([])).toEqual([term("id")]);
    expect(completeOrder([term("amount", true)])).toEqual([term("amount", true), term("id", true)]);
    expect(completeOrder([term("amount", true), term("title")])).toEqual([
      term("amount", true),
      term("title"),
      term("id"),
    ]);
  });

  test("drops what decides nothing", () => {
    expect(completeOrder([term("title"), term("title", true)])).toEqual([term("title"), term("id")]);
    expect(completeOrder([term("id", true), term("title")])).toEqual([term("id", true)]);
    expect(completeOrder([term("company.id"), term("title")])).toHaveLength(3);
  });
});
