import { afterAll, describe, expect, test } from "vitest";
import type { AppFunction } from "#lib/model/processTypes.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { App } from "../host/App.ts";
import { callFunction, closeSandbox } from "./callFunction.ts";

const decimal = { kind: "decimal" } as const;
const money = { kind: "embed", valueObject: "Price" } as const;
const parameter = { required: true, unique: false } as const;

const functions: readonly AppFunction[] = [
  {
    name: "vat",
    parameters: [
      { ...parameter, name: "amount", type: decimal },
      { ...parameter, name: "rate", type: decimal, required: false, default: { kind: "literal", value: "0.19" } },
    ],
    returns: { kind: "decimal", precision: 12, scale: 2 },
    source: "({ amount, rate }: { amount: string; rate: string }) => Decimal.of(amount).times(rate).round(2)",
  },
  {
    name: "echo",
    parameters: [{ ...parameter, name: "price", type: money }],
    returns: money,
    source: "({ price }) => price",
  },
  { name: "wrong", parameters: [], returns: { kind: "integer" }, source: "() => 'text'" },
  { name: "fraction", parameters: [], returns: decimal, source: "() => 0.1 + 0.2" },
  { name: "fails", parameters: [], returns: { kind: "integer" }, source: "() => {\n  throw new Error('no');\n}" },
  { name: "hangs", parameters: [], returns: { kind: "integer" }, source: "() => { for (;;) {} }" },
  { name: "nothing", parameters: [], returns: { kind: "text" }, source: "() => {}" },
];

const model: Model = {
  app: { name: "Functions" },
  resources: [],
  valueObjects: [
    {
      name: "Price",
      attributes: [
        { ...parameter, name: "net", column: "net", type: decimal },
        { ...parameter, name: "note", column: "note", type: { kind: "text" }, required: false },
      ],
    },
  ],
  functions,
};

const app = new App({ hash: "functions", model });
const limits = { milliseconds: 200, memoryBytes: 16 << 20, resultCharacters: 1000 };
const call = (name: string, input: Readonly<Record<string, JsonValue>> = {}) =>
  callFunction({ app, name, input, limits });

afterAll(closeSandbox);

describe("calling a function of the app", () => {
  test("values go in and come out as the APIs show them", async () => {
    expect(await call("vat", { amount: "10.50" })).toBe("2.00");
    expect(await call("vat", { amount: "10.50", rate: "0.07" })).toBe("0.74");
    expect(await call("echo", { price: { net: "1.5" } })).toEqual({ net: "1.5", note: null });
    expect(await call("nothing")).toBeNull();
  });

  test.each([
    ["vat", { amount: "ten" }, "invalid_input", "vat takes another amount."],
    ["vat", {}, "invalid_input", "vat needs amount."],
    ["vat", { amount: "1", more: 1 }, "invalid_input", "vat has no parameter more."],
    ["echo", { price: { note: "x" } }, "invalid_input", "net: Give a value."],
    ["echo", { price: 1 }, "invalid_input", "Give an object of its parts."],
    ["wrong", {}, "function_failed", "wrong returned something else than it says. Give a whole number"],
    ["fraction", {}, "function_failed", "give a text or a Decimal"],
    ["fails", {}, "function_failed", "fails (line 2): no"],
    ["hangs", {}, "function_limit", "hangs took longer than it may."],
    ["gone", {}, "not_found", "The app has no function gone."],
  ] as const)("%s of %j is %s", async (name, input, code, message) => {
    await expect(call(name, input)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      isLasting: true,
    });
  });
});
