import { describe, expect, test } from "vitest";
import { parseCondition } from "./condition.ts";

const scope = {
  event: { data: { order: 5, kind: "a", tags: ["x", "y"], lines: [{ sku: "s1" }], nothing: null } },
  async: { data: { order: 5, state: "it's" } },
};

describe("conditions", () => {
  test.each([
    ["event.data.order == async.data.order", true],
    ["event.data.order != 5", false],
    ["event.data.order > 4 && event.data.order <= 5", true],
    ["event.data.order > 9 || !(event.data.kind == 'b')", true],
    ["event.data.kind in ['a', 'b']", true],
    ["'z' in event.data.tags", false],
    ["'kind' in event.data", true],
    [`async.data.state == "it's"`, true],
    ["async.data.state == 'it\\'s'", true],
    ["event.data.lines[0].sku == 's1'", true],
    ["event.data['kind'] == 'a'", true],
    ["event.data.missing.deeper == null", true],
    ["event.data.nothing == null", true],
    ["event.data.order < 'text'", false],
    ["event.data.kind + '-' + event.data.order", "a-5"],
    ["event.data.order + 1 == 6", true],
    ["-1 < 0", true],
    ["event.data.constructor == null", true],
  ])("%s is %s", (text, value) => {
    expect(parseCondition(text)(scope)).toBe(value);
  });

  test.each([
    "",
    "event.",
    "event.data ==",
    "a == 1",
    "event.data.f()",
    "event.x = 1",
    "(event.x",
    "'open",
    "event.x &&& 1",
  ])("refuses %j", (text) => {
    expect(() => parseCondition(text)).toThrow(SyntaxError);
  });
});
