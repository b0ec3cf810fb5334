import { expect, test } from "vitest";
import type { Attribute } from "#lib/model/types.ts";
import { defaultText, parseDefault, retype, suggestKind } from "./attributeChanges.ts";

const amount: Attribute = {
  name: "amount",
  column: "amount",
  type: { kind: "decimal", precision: 14, scale: 2 },
  required: true,
  unique: true,
  default: { kind: "literal", value: "0" },
  min: "0",
  max: "99.5",
};

test("another type keeps what it can have and loses what it cannot", () => {
  expect(retype(amount, "integer")).toEqual({
    type: { kind: "integer" },
    default: undefined,
    max: undefined,
  });
  expect(retype(amount, "bigint")).toEqual({ type: { kind: "bigint" }, max: undefined });
  expect(retype(amount, "json")).toEqual({
    type: { kind: "json" },
    unique: false,
    default: undefined,
    min: undefined,
    max: undefined,
  });
});

test("a text's limits go with it", () => {
  const note: Attribute = {
    name: "note",
    column: "note",
    type: { kind: "text" },
    required: false,
    unique: false,
    minLength: 1,
    maxLength: 9,
    pattern: "[a-z]*",
  };
  expect(retype(note, "date")).toEqual({
    type: { kind: "date" },
    minLength: undefined,
    maxLength: undefined,
    pattern: undefined,
  });
  expect(retype(note, "text")).toEqual({ type: { kind: "text" } });
});

test("a moment's default does not become a day's", () => {
  const madeAt: Attribute = {
    name: "madeAt",
    column: "made_at",
    type: { kind: "timestamp" },
    required: true,
    unique: false,
    default: { kind: "now" },
  };
  expect(retype(madeAt, "date")).toEqual({ type: { kind: "date" }, default: undefined });
  expect(retype(madeAt, "timestamp")).toEqual({ type: { kind: "timestamp" } });
});

test.each([
  [{ kind: "integer" }, "007", 7],
  [{ kind: "integer" }, "1.5", undefined],
  [{ kind: "decimal" }, "12.50", "12.50"],
  [{ kind: "bigint" }, "9223372036854775808", undefined],
  [{ kind: "boolean" }, "true", true],
  [{ kind: "date" }, "2026-02-30", undefined],
  [{ kind: "json" }, '{"a":[1]}', { a: [1] }],
  [{ kind: "json" }, "{", undefined],
  [{ kind: "choice", options: [{ name: "open", stored: "o" }] }, "open", "open"],
  [{ kind: "choice", options: [{ name: "open", stored: "o" }] }, "o", undefined],
] as const)("a default typed for %j as %s is %j", (type, text, value) => {
  expect(parseDefault(type, text)).toEqual(value);
});

test("a default is shown as it is typed", () => {
  expect(defaultText("12.50")).toBe("12.50");
  expect(defaultText(7)).toBe("7");
  expect(defaultText({ a: 1 })).toBe('{"a":1}');
});

test.each([
  ["createdAt", "timestamp"],
  ["orderedOn", "date"],
  ["isActive", "boolean"],
  ["island", "text"],
  ["unitPrice", "decimal"],
  ["quantity", "integer"],
  ["stage", "choice"],
  ["companyName", "text"],
] as const)("%s is most likely a %s", (name, kind) => {
  expect(suggestKind(name)).toBe(kind);
});
