import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { Reference } from "../../expression/Reference.ts";
import { actionsOf } from "../actions/actionsOf.ts";
import { mapSame } from "../expressions/mapSame.ts";
import { scopeOf } from "../expressions/scopeOf.ts";
import { present } from "../read/present.ts";
import { rewritten } from "../rename/renameInExpressions.ts";
import type { AppTest, GivenRow, TestDeed, TestExpectation, TestInput, TestValue } from "../testTypes.ts";
import type { JsonValue } from "../types.ts";
import type { ModelNames } from "./ModelNames.ts";
import { isRowReference } from "./rowReference.ts";

/**
 * Tests that speak of a model as it is called now. Values of what is gone are left out; tests that are about what is gone
 * go with it. The same list where nothing changed.
 */
export function followTests(tests: readonly AppTest[], names: ModelNames): readonly AppTest[] {
  const followed = tests.flatMap((test) => followTest(test, names) ?? []);
  const isSame = followed.length === tests.length && followed.every((test, index) => test === tests[index]);
  return isSame ? tests : followed;
}

type Given = ReadonlyMap<string, string>;

/** Null where it is about something that is gone. */
function followTest(test: AppTest, names: ModelNames): AppTest | null {
  const before: Given = new Map((test.given ?? []).map(({ name, resource }) => [name, resource]));
  const gone = new Set([...before].flatMap(([name, resource]) => (names.resource(resource) === null ? [name] : [])));
  if (test.as.kind === "user" && gone.has(test.as.row)) return null;
  const resource = test.do.kind === "list" || test.do.kind === "create" ? test.do.resource : before.get(test.do.row);
  if (resource === undefined) return test;
  const context = { names, gone };
  const given = test.given?.flatMap((row) => (gone.has(row.name) ? [] : followRow(row, context)));
  const deed = followDeed(test.do, resource, context);
  const expect = deed && followExpectation(test, resource, context);
  if (!deed || !expect) return null;
  const as =
    "roles" in test.as && test.as.roles
      ? { ...test.as, roles: test.as.roles.map((role) => names.role(role)) }
      : test.as;
  const { given: _given, ...rest } = test;
  const followed = {
    ...rest,
    ...present({ given: given && given.length > 0 ? given : undefined }),
    as,
    do: deed,
    expect,
  };
  return JSON.stringify(sorted(followed)) === JSON.stringify(sorted(test)) ? test : followed;
}

interface Following {
  readonly names: ModelNames;
  /** Given records that are no more. */
  readonly gone: ReadonlySet<string>;
}

function followRow({ name, resource, values }: GivenRow, context: Following): GivenRow {
  return {
    name,
    resource: context.names.resource(resource) ?? resource,
    values: followValues(values, resource, context),
  };
}

function followValues(
  values: TestInput,
  resource: string,
  context: Following,
  action: string | null = null,
): TestInput {
  const { names } = context;
  const entries = Object.entries(values).flatMap(([name, value]): [string, TestValue][] => {
    if (action !== null && names.isArgument(resource, action, name)) {
      const argument = names.argument(resource, action, name);
      return argument === null ? [] : [[argument, value]];
    }
    const now = names.field(resource, name);
    const followed = now === null ? undefined : followValue(value, { resource, field: name }, context);
    return now === null || followed === undefined ? [] : [[now, followed]];
  });
  return Object.fromEntries(entries);
}

interface OfField {
  readonly resource: string;
  readonly field: string;
}

/** Undefined where it speaks of a record that is no more. */
function followValue(value: TestValue, { resource, field }: OfField, context: Following): TestValue | undefined {
  const { names, gone } = context;
  if (isRowReference(value)) return gone.has(value.row) ? undefined : value;
  const relationship = names.relationship(resource, field);
  if (!relationship) return names.value(resource, field, value);
  const nested = (one: TestValue): TestValue | undefined => {
    if (isRowReference(one)) return gone.has(one.row) ? undefined : one;
    return isObject(one) && relationship.kind !== "manyToMany"
      ? (followValues(one, relationship.target, context) as TestValue)
      : one;
  };
  return isList(value) ? (value.map(nested).filter((one) => one !== undefined) as readonly JsonValue[]) : nested(value);
}

/** Null where what is done is gone. */
function followDeed(deed: TestDeed, resource: string, context: Following): TestDeed | null {
  const { names, gone } = context;
  const now = names.resource(resource);
  if (now === null || ("row" in deed && gone.has(deed.row))) return null;
  switch (deed.kind) {
    case "get":
      return deed;
    case "list": {
      const action = deed.action === undefined ? undefined : names.action(resource, deed.action);
      const where =
        deed.where === undefined ? undefined : followWhere(deed.where, resource, { names, action: deed.action });
      if (action === null || where === null) return null;
      const input = deed.input && followValues(deed.input, resource, context, deed.action ?? "read");
      return { kind: "list", resource: now, ...present({ action, input, where }) };
    }
    case "create":
    case "update":
    case "destroy": {
      const action = names.action(resource, deed.action);
      if (action === null) return null;
      const input = followValues(deed.input, resource, context, deed.action);
      if (deed.kind === "create") return { ...deed, resource: now, action, input };
      return { ...deed, action, input };
    }
  }
}

/** Null where it asks for something that is gone. */
function followWhere(
  where: string,
  resource: string,
  { names, action }: { readonly names: ModelNames; readonly action: string | undefined },
): string | null {
  const known = names.known(resource);
  const declared = known && actionsOf(known).find(({ name }) => name === (action ?? "read"))?.arguments;
  const { references } = checkExpression(where, scopeOf(names.before, resource, { arguments: declared ?? [] }));
  const nameOf = (reference: Reference) => {
    switch (reference.kind) {
      case "member":
        return names.field(reference.resource, reference.member);
      case "choice":
        return names.option(reference.resource, reference.member, reference.option);
      case "argument":
        return names.argument(resource, action ?? "read", reference.name);
      case "role":
        return names.role(reference.name);
    }
  };
  return references.some((one) => nameOf(one) === null) ? null : rewritten(where, references, nameOf);
}

/** Null where what is expected is of something that is gone. */
function followExpectation(
  { do: deed, expect }: AppTest,
  resource: string,
  context: Following,
): TestExpectation | null {
  const { names, gone } = context;
  switch (expect.kind) {
    case "done":
      if (!expect.record) return expect;
      return { kind: "done", record: followValues(expect.record, resource, context) };
    case "rows":
      return {
        kind: "rows",
        rows: mapSame(
          expect.rows.filter((row) => !gone.has(row)),
          (row) => row,
        ),
      };
    case "refused": {
      if (expect.field === undefined) return expect;
      const [name = "", ...rest] = expect.field.split(".");
      const action = deed.kind === "get" || deed.kind === "list" ? "read" : deed.action;
      const now = names.isArgument(resource, action, name)
        ? names.argument(resource, action, name)
        : names.field(resource, name);
      return now === null ? null : { ...expect, field: [now, ...rest].join(".") };
    }
  }
}

/** Parts in the order of their names where that says nothing; values keep theirs. */
function sorted(test: AppTest): readonly unknown[] {
  return [test.name, test.explain, test.given, test.as, test.do, test.expect];
}

function isObject(value: TestValue): value is { readonly [name: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isRowReference(value);
}

function isList(value: TestValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
