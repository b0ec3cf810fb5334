import { expect, test } from "vitest";
import { safeNext } from "./safeNext.ts";

test.each([
  ["/acme/shop/model?view=code#x", "/acme/shop/model?view=code#x"],
  [undefined, "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/\t/evil.example", "/"],
])("after signing in, %j leads to %j: never to another site", (next, expected) => {
  expect(safeNext(next)).toBe(expected);
});
