import { plain, readStrings, stringValue } from "../read/literals.ts";
import type { At } from "../read/OptionReader.ts";
import { OptionReader } from "../read/OptionReader.ts";
import { present } from "../read/present.ts";
import type { Call } from "../read/readCall.ts";
import { optionsArgument, readCall } from "../read/readCall.ts";
import { readHead } from "../read/readStarts.ts";
import { someOf } from "../read/someOf.ts";
import type { Expression } from "../read/syntax.ts";
import type { TestActor, TestDeed, TestExpectation, TestInput } from "../testTypes.ts";
import { readValues } from "./readGiven.ts";

/** Reads `anonymous()`, `service()`, `key({ roles: ["rep"] })` or `user("ada", { roles: ["rep"] })`. */
export function readActor(node: Expression, at: At): TestActor | null {
  const { reading, path } = at;
  const expected = '`anonymous()`, `service()`, `key({ roles: [...] })` or `user("ada")`';
  const allowed = ["anonymous", "service", "key", "user"] as const;
  const call = readCall(node, reading, { path, allowed, expected });
  switch (allowed.find((name) => name === call?.name)) {
    case "anonymous":
    case "service": {
      if (!call || refuseMore(call, 0, at)) return null;
      return { kind: call.name === "service" ? "service" : "anonymous" };
    }
    case "key":
      return call && { kind: "key", roles: readRoles(call, 0, at) ?? [] };
    case "user": {
      const row = call && readHead(call, at, { part: "row", example: 'user("ada")' });
      const roles = call && someOf(readRoles(call, 1, at));
      return row === null ? null : { kind: "user", row, ...present({ roles: roles ?? undefined }) };
    }
    case undefined:
      return null;
  }
}

function readRoles(call: Call, index: number, at: At): readonly string[] | undefined {
  const object = optionsArgument(call, index, at.reading, at.path);
  return new OptionReader(object, at, { allowed: ["roles"], of: `\`${call.name}\`` }).texts("roles");
}

/** Reads what is done: `get("deal")`, `read("Deal")`, `create("Deal", { ... })`, `update("deal", "win")` ... */
export function readDeed(node: Expression, at: At): TestDeed | null {
  const { reading, path } = at;
  const expected =
    '`get("deal")`, `read("Deal")`, `create("Deal", { ... })`, `update("deal", { ... })` or `destroy("deal")`';
  const allowed = ["get", "read", "create", "update", "destroy"] as const;
  const call = readCall(node, reading, { path, allowed, expected });
  const kind = allowed.find((name) => name === call?.name);
  if (!call || !kind) return null;
  const isOfResource = kind === "read" || kind === "create";
  const part = isOfResource ? "resource" : "row";
  const example = isOfResource ? `${kind}("Deal")` : `${kind}("deal")`;
  const named = readHead(call, at, { part, example });
  if (named === null) return null;
  switch (kind) {
    case "get":
      return refuseMore(call, 1, at) ? null : { kind, row: named };
    case "read":
      return readList(call, named, at);
    case "create": {
      const change = readChange(call, kind, at);
      return change && { kind, resource: named, ...change };
    }
    case "update":
    case "destroy": {
      const change = readChange(call, kind, at);
      return change && { kind, row: named, ...change };
    }
  }
}

function readList(call: Call, resource: string, at: At): TestDeed | null {
  const { reading, path } = at;
  const object = optionsArgument(call, 1, reading, path);
  const problems = reading.problems.length;
  const options = new OptionReader(object, at, { allowed: ["action", "input", "where"], of: "`read`" });
  const node = options.node("input");
  const input = node && readInput(node, options.at("input"));
  const [action, where] = [options.text("action"), options.text("where")];
  if (reading.problems.length > problems) return null;
  return { kind: "list", resource, ...present({ action, input: input ?? undefined, where }) };
}

/** The name of the action where it is not the standard one, and what it is given. */
function readChange(
  call: Call,
  standard: "create" | "update" | "destroy",
  at: At,
): { readonly action: string; readonly input: TestInput } | null {
  const { reading, path } = at;
  const second = call.args[1];
  const name = second ? stringValue(second) : null;
  if (second && name !== null) reading.place([...path, "action"], second);
  const index = name === null ? 1 : 2;
  if (refuseMore(call, index + 1, at)) return null;
  const given = call.args[index];
  const input = given ? readInput(given, { reading, path: [...path, "input"] }) : {};
  if (name === standard && second) {
    const message = `Leave out "${name}": \`${standard}\` does that by itself.`;
    return reading.refuse("unneeded_name", second, [...path, "action"], message);
  }
  return input && { action: name ?? standard, input };
}

function readInput(node: Expression, { reading, path }: At): TestInput | null {
  const object = plain(node);
  if (object.type === "ObjectExpression") return readValues(object, { reading, path });
  return reading.refuse("wrong_type", node, path, "Write what it is given in `{ }` here, each by its name.");
}

/** Reads what comes of it: `done({ ... })`, `rows(["deal"])` or `refused("forbidden")`. */
export function readExpectation(node: Expression, at: At): TestExpectation | null {
  const { reading, path } = at;
  const expected = '`done()`, `done({ ... })`, `rows([...])` or `refused("forbidden")`';
  const allowed = ["done", "rows", "refused"] as const;
  const call = readCall(node, reading, { path, allowed, expected });
  const kind = allowed.find((name) => name === call?.name);
  if (!call || !kind) return null;
  const [first] = call.args;
  switch (kind) {
    case "done": {
      if (refuseMore(call, 1, at)) return null;
      const record = first ? readInput(first, { reading, path: [...path, "record"] }) : undefined;
      return record === null ? null : { kind, ...present({ record }) };
    }
    case "rows": {
      if (refuseMore(call, 1, at)) return null;
      if (!first)
        return reading.refuse("missing_option", call.node, path, 'Name the records: `rows(["deal"])`, `rows([])`.');
      const problems = reading.problems.length;
      const rows = readStrings(first, reading, [...path, "rows"]);
      return rows && reading.problems.length === problems ? { kind, rows } : null;
    }
    case "refused": {
      const code = readHead(call, at, { part: "code", example: 'refused("forbidden")' });
      const object = optionsArgument(call, 1, reading, path);
      const options = new OptionReader(object, at, { allowed: ["field"], of: "`refused`" });
      const field = options.text("field");
      return code === null ? null : { kind, code, ...present({ field }) };
    }
  }
}

function refuseMore(call: Call, most: number, { reading, path }: At): boolean {
  const extra = call.args[most];
  if (extra) reading.refuse("unknown_option", extra, path, `\`${call.name}\` takes nothing more. Remove this.`);
  return extra !== undefined;
}
