import * as fc from "fast-check";
import type { Draw } from "../../testing/draw.ts";
import { chance, optional } from "../../testing/draw.ts";
import type { AppTest, GivenRow, TestActor, TestDeed, TestExpectation, TestInput, TestValue } from "../../testTypes.ts";
import type { TestFileContent } from "../readTestFile.ts";
import { isRowReference } from "../rowReference.ts";

// Made once: they are drawn from again and again.
const fields = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/);
const resources = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,8}$/);
const texts = fc.string({ unit: "grapheme", maxLength: 30 });
const sentences = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => !/^\s|\s$|[\p{Cc}\u2028\u2029]/u.test(text));
const members = fc.uniqueArray(
  fc.oneof(fields, texts).filter((name) => name !== "__proto__"),
  { maxLength: 3 },
);
const json = fc.jsonValue({ maxDepth: 2, stringUnit: "grapheme" });
const actions = fields.filter((name) => !["create", "update", "destroy"].includes(name));

const fieldName = () => fields;
const resourceName = () => resources;
const words = () => texts;

/** A file of tests of any shape; nothing fits any model. */
export function drawTests(draw: Draw): TestFileContent {
  const names = draw(() => fc.uniqueArray(sentences, { maxLength: 5 }));
  return { ...optional(draw, "describe", words), tests: names.map((one) => drawTest(draw, one)) };
}

function drawTest(draw: Draw, name: string): AppTest {
  const rows = draw(() => fc.uniqueArray(fields, { minLength: 1, maxLength: 4 }));
  const given = rows.map(
    (row): GivenRow => ({ name: row, resource: draw(resourceName), values: drawValues(draw, rows) }),
  );
  const isGiven = chance(draw, 2);
  return {
    name,
    ...optional(draw, "explain", words),
    ...(isGiven && { given }),
    as: drawActor(draw, rows),
    do: drawDeed(draw, rows),
    expect: drawExpectation(draw, rows),
  };
}

function drawActor(draw: Draw, rows: readonly string[]): TestActor {
  const roles = draw(() => fc.uniqueArray(fields, { maxLength: 3 }));
  const kind = draw(fc.constantFrom<TestActor["kind"][]>, "anonymous", "service", "key", "user");
  switch (kind) {
    case "anonymous":
    case "service":
      return { kind };
    case "key":
      return { kind, roles };
    case "user":
      return { kind, row: draw(fc.constantFrom<string[]>, ...rows), ...(roles.length > 0 && { roles }) };
  }
}

function drawDeed(draw: Draw, rows: readonly string[]): TestDeed {
  const kind = draw(fc.constantFrom<TestDeed["kind"][]>, "get", "list", "create", "update", "destroy");
  const row = draw(fc.constantFrom<string[]>, ...rows);
  const named = draw(() => actions);
  const input = drawValues(draw, rows);
  switch (kind) {
    case "get":
      return { kind, row };
    case "list": {
      const options = {
        ...optional(draw, "action", fieldName),
        ...(chance(draw, 3) && { input }),
        ...optional(draw, "where", words),
      };
      return { kind, resource: draw(resourceName), ...options };
    }
    case "create":
      return { kind, resource: draw(resourceName), action: chance(draw, 2) ? kind : named, input };
    case "update":
    case "destroy":
      return { kind, row, action: chance(draw, 2) ? kind : named, input };
  }
}

function drawExpectation(draw: Draw, rows: readonly string[]): TestExpectation {
  const kind = draw(fc.constantFrom<TestExpectation["kind"][]>, "done", "rows", "refused");
  switch (kind) {
    case "done":
      return { kind, ...(chance(draw, 2) && { record: drawValues(draw, rows) }) };
    case "rows":
      return { kind, rows: draw(() => fc.subarray([...rows])) };
    case "refused":
      return { kind, code: draw(fieldName), ...optional(draw, "field", fieldName) };
  }
}

function drawValues(draw: Draw, rows: readonly string[]): TestInput {
  const names = draw(() => members);
  return Object.fromEntries(names.map((name) => [name, drawValue(draw, rows)]));
}

function drawValue(draw: Draw, rows: readonly string[]): TestValue {
  if (chance(draw, 3)) return { row: draw(fc.constantFrom<string[]>, ...rows) };
  if (chance(draw, 4)) return [{ row: rows[0] ?? "" }, { lines: [{ product: { row: rows[0] ?? "" } }] }];
  const plain = JSON.parse(JSON.stringify(draw(() => json)).replaceAll('"__proto__":', '"proto":')) as TestValue;
  return holdsReference(plain) ? null : plain;
}

/** An object that looks like a reference is no value. */
function holdsReference(value: TestValue): boolean {
  if (isRowReference(value)) return true;
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).some((part) => holdsReference(part as TestValue))
  );
}
