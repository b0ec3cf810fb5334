import type { Code, ObjectCode } from "../print/Code.ts";
import { call, callWithOptions, list, object } from "../print/Code.ts";
import { jsonCode, textsCode } from "../print/literalCode.ts";
import { optionalText } from "../print/optionalText.ts";
import { printModule } from "../print/printModule.ts";
import { quoteText } from "../print/quoteText.ts";
import type { Style } from "../print/Style.ts";
import { defaultStyle } from "../print/Style.ts";
import type { AppTest, GivenRow, TestActor, TestDeed, TestExpectation, TestFile, TestValue } from "../testTypes.ts";
import type { JsonValue } from "../types.ts";
import { isRowReference } from "./rowReference.ts";

/** A fresh file of tests. */
export function printTests(file: Pick<TestFile, "describe" | "tests">): string {
  return printModule(testsCode(file, defaultStyle), defaultStyle);
}

/** `tests([ ... ])` */
export function testsCode({ describe, tests }: Pick<TestFile, "describe" | "tests">, style: Style): Code {
  const listed = { ...list(tests.map((test) => testCode(test, style))), open: true };
  const head = optionalText("describe", describe, style);
  return head.length === 0 ? call("tests", listed) : call("tests", object(head), listed);
}

/** `test("A won deal stays", { ... })` */
function testCode({ name, explain, given, as, do: deed, expect }: AppTest, style: Style): Code {
  const parts = [
    ...optionalText("explain", explain, style),
    ...(given && given.length > 0 ? [["given", givenCode(given, style)] as const] : []),
    ["as", actorCode(as, style)] as const,
    ["do", deedCode(deed, style)] as const,
    ["expect", expectationCode(expect, style)] as const,
  ];
  return call("test", quoteText(name, style), { ...object(parts), open: true });
}

function givenCode(given: readonly GivenRow[], style: Style): ObjectCode {
  const rows = given.map(({ name, resource, values }) => {
    const code = callWithOptions("row", [quoteText(resource, style)], properties(values, style));
    return [name, code] as const;
  });
  return { ...object(rows), open: true };
}

function actorCode(actor: TestActor, style: Style): Code {
  const roles = (names: readonly string[] | undefined) =>
    names && names.length > 0 ? [["roles", textsCode(names, style)] as const] : [];
  switch (actor.kind) {
    case "anonymous":
    case "service":
      return call(actor.kind);
    case "key":
      return callWithOptions("key", [], roles(actor.roles));
    case "user":
      return callWithOptions("user", [quoteText(actor.row, style)], roles(actor.roles));
  }
}

function deedCode(deed: TestDeed, style: Style): Code {
  switch (deed.kind) {
    case "get":
      return call("get", quoteText(deed.row, style));
    case "list":
      return callWithOptions(
        "read",
        [quoteText(deed.resource, style)],
        [
          ...optionalText("action", deed.action, style),
          ...(deed.input ? [["input", object(properties(deed.input, style))] as const] : []),
          ...optionalText("where", deed.where, style),
        ],
      );
    case "create":
    case "update":
    case "destroy": {
      const head = deed.kind === "create" ? deed.resource : deed.row;
      const action = deed.action === deed.kind ? [] : [quoteText(deed.action, style)];
      return callWithOptions(deed.kind, [quoteText(head, style), ...action], properties(deed.input, style));
    }
  }
}

function expectationCode(expectation: TestExpectation, style: Style): Code {
  switch (expectation.kind) {
    case "done":
      return expectation.record ? call("done", object(properties(expectation.record, style))) : call("done");
    case "rows":
      return call("rows", textsCode(expectation.rows, style));
    case "refused":
      return callWithOptions(
        "refused",
        [quoteText(expectation.code, style)],
        optionalText("field", expectation.field, style),
      );
  }
}

function properties(values: Readonly<Record<string, TestValue>>, style: Style): ObjectCode["properties"] {
  return Object.entries(values).map(([name, value]) => [name, valueCode(value, style)] as const);
}

function valueCode(value: TestValue, style: Style): Code {
  if (isRowReference(value)) return call("ref", quoteText(value.row, style));
  if (typeof value !== "object" || value === null) return jsonCode(value, style);
  if (isList(value)) return list(value.map((item) => valueCode(item, style)));
  return object(properties(value, style));
}

function isList(value: TestValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
