import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultSandboxLimits, type SandboxOutcome } from "#lib/sandbox/SandboxCall.ts";
import { Sandbox } from "./Sandbox.ts";

const sandbox = new Sandbox();
const limits = { ...defaultSandboxLimits, milliseconds: 200 };

const run = (source: string, input: unknown = {}): Promise<SandboxOutcome> =>
  sandbox.run({ source, input: JSON.stringify(input), limits });

const result = async (source: string, input: unknown = {}): Promise<unknown> => {
  const outcome = await run(source, input);
  return outcome.kind === "result" ? JSON.parse(outcome.json) : outcome;
};

beforeAll(async () => {
  await Promise.all([run("() => 1"), run("() => 1")]);
});
afterAll(() => sandbox.close());

describe("a function", () => {
  test("takes JSON and gives JSON, in TypeScript", async () => {
    const source =
      "({ rows }: { rows: { price: number }[] }): number => rows.reduce((sum, { price }) => sum + price, 0)";
    expect(await result(source, { rows: [{ price: 2 }, { price: 3 }] })).toBe(5);
  });

  test("counts exactly with Decimal", async () => {
    const source = `({ amount }) => {
      const net = Decimal.of(amount);
      return [
        net.times("0.19").round(2), net.plus(1).minus("0.1"), net.dividedBy(3, 4), net.negated().abs(), net.compare("10.5"),
        Decimal.of("-0.005").round(2), Decimal.of("0.005").round(2), Decimal.of("-7").dividedBy(2, 0), Decimal.of(12n).round(2),
      ];
    }`;
    expect(await result(source, { amount: "10.50" })).toEqual([
      ...["2.00", "11.40", "3.5000", "10.50", 0],
      ...["-0.01", "0.01", "-4", "12.00"],
    ]);
  });

  test.each([
    ["() => Decimal.of(0.1)", "a number with a fraction is not exact"],
    ["() => Decimal.of('1e5')", "takes a text such as"],
    ["() => Decimal.of('1') + 1", "Use plus"],
    ["() => Decimal.of('1').dividedBy(0)", "Division by zero"],
    ["() => Decimal.of('1').dividedBy(3, 1e9)", "digits from 0 to 1000"],
  ])("%s says why not", async (source, message) => {
    expect(await run(source)).toMatchObject({ kind: "thrown", message: expect.stringContaining(message), line: 1 });
  });

  test("tells the line of what it throws, in its own text", async () => {
    const source = "({ given }) => {\n  const type: string = given;\n\n  throw new Error('no ' + type);\n}";
    expect(await run(source, { given: "x" })).toEqual({ kind: "thrown", message: "no x", line: 4 });
  });

  test("cannot tell one call from another", async () => {
    const counter = "() => { globalThis.count = (globalThis.count ?? 0) + 1; return globalThis.count; }";
    expect([await result(counter), await result(counter), await result(counter)]).toEqual([1, 1, 1]);
  });
});

describe("what makes a function differ from call to call is refused with what to do", () => {
  test.each([
    ...["() => Date.now()", "() => new Date()", "() => Date()", "() => new (new Date(0).constructor)()"],
    ...["() => new (class extends Date {})()", "() => Reflect.construct(Date, [])", "() => Math.random()"],
  ])("%s", async (source) => {
    expect(await run(source)).toMatchObject({
      kind: "thrown",
      message: expect.stringMatching(/have no (clock|random)/),
    });
  });

  test("dates of moments that are given can be had", async () => {
    expect(await result("({ at }) => new Date(at).toISOString()", { at: 0 })).toBe("1970-01-01T00:00:00.000Z");
    expect(await result("() => Date.UTC(2026, 0, 31)")).toBe(1_769_817_600_000);
  });
});

describe("there is nothing outside", () => {
  test.each([
    "() => typeof process + typeof require + typeof fetch + typeof setTimeout + typeof console + typeof WebAssembly",
    "() => { const out = Function('return this')(); return typeof out.process + typeof out.require + typeof out.fetch + typeof out.setTimeout + typeof out.console + typeof out.WebAssembly; }",
    "(given) => { const out = given.constructor.constructor('return this')(); return typeof out.process + typeof out.require + typeof out.fetch + typeof out.setTimeout + typeof out.console + typeof out.WebAssembly; }",
  ])("%s", async (source) => {
    expect(await result(source)).toBe("undefined".repeat(6));
  });

  test.each([
    ["async () => 1", "cannot be async"],
    ["() => import('node:fs')", "cannot be async"],
    ["() => ({ then() {} })", "cannot be async"],
    ["() => 10n", "BigInt"],
    ["() => { const round = {}; round.round = round; return round; }", "circular"],
    ["1", "not a function"],
    ["() => {", "Unexpected token"],
    ["() => 1) + (() => 2", "Unexpected"],
    ["() => { throw 'a text' }", "a text"],
    ["() => { throw { some: 'object' } }", "threw an error"],
    ["() => { throw undefined }", "no error"],
    ["() => null.member", "null"],
  ])("%s is an error of the call", async (source, message) => {
    expect(await run(source)).toMatchObject({ kind: "thrown", message: expect.stringContaining(message) });
  });

  test("changes of what the language brings reach nobody else", async () => {
    await run("() => { Object.prototype.evil = 1; JSON.parse = null; Array.prototype.map = null; Decimal.of = null; }");
    await run("() => { JSON.stringify = () => '\"forged\"'; Object.prototype.toJSON = () => 'forged'; return 1; }");
    expect(await result("() => [({}).evil, [1].map(String), JSON.parse('2'), Decimal.of('3')]")).toEqual([
      ...[null, ["1"], 2, "3"],
    ]);
    expect(await result("() => { JSON.stringify = () => '1'; return 'true'; }")).toBe("true");
  });
});

describe("a hostile function ends with its own call", () => {
  test.each([
    "() => { while (true) {} }",
    "() => { for (;;) try { for (;;) {} } catch {} finally { continue; } }",
    "() => /(a+)+$/.test('a'.repeat(40) + 'b')",
    "() => /^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(100))",
    "() => ({ get a() { while (true) {} } })",
    "() => ({ toJSON() { while (true) {} } })",
    "() => { throw { get message() { while (true) {} } } }",
    "() => { const p = new Proxy({}, { get: () => p, ownKeys() { while (true) {} } }); return p; }",
    "() => [].sort.call({ length: 2 ** 53 - 1 })",
    "() => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)",
    "() => { const a = []; a.length = 4e9; return a.lastIndexOf(1); }",
    "() => { let a = 3n; for (;;) a = a * a; }",
  ])("in time: %s", async (source) => {
    const other = result("() => 'untouched'");
    const outcome = await run(source);
    expect(await other).toBe("untouched");
    expect(outcome.kind).not.toBe("result");
  });

  test.each([
    "() => { const rows = []; while (true) rows.push(new Array(1000).fill(rows)); }",
    "() => { let text = 'x'; while (true) text += text; }",
    "() => new Array(1e9).fill(1)",
    "() => [...Array(1e8).keys()]",
    "() => Array.from({ length: 1e9 })",
    "() => new Uint8Array(1e9).length",
    "() => 'a'.padEnd(5e8).length",
    "() => 'a'.repeat(1e6).replace(/a/g, 'b'.repeat(1e4)).length",
    "() => { let a = []; for (;;) a = [a, a]; }",
    "() => ({ toJSON() { return new Array(1e8).fill('xxxxxxxxxxx'); } })",
    "() => { const again = () => again(); again(); }",
    "() => { class A extends (null) {} ; const f = () => [1].map(f); return f(); }",
    "() => JSON.parse('['.repeat(1e6))",
    "() => eval('('.repeat(1e5))",
    "() => new RegExp('('.repeat(1e5))",
    "() => 'x'.repeat(3e6)",
    "() => { const big = {}; for (let i = 0; i < 1e5; i++) big['member' + i] = 'value' + i; return big; }",
  ])("of memory, depth or size: %s", async (source) => {
    expect((await run(source)).kind).not.toBe("result");
    expect(await result("() => 'untouched'")).toBe("untouched");
  });

  test("many at a time hold nobody up for ever", async () => {
    const hostile = Array.from({ length: 6 }, () => run("() => { while (true) {} }"));
    const good = Array.from({ length: 20 }, (_, place) => result("({ place }) => place", { place }));
    expect(await Promise.all(good)).toEqual(Array.from({ length: 20 }, (_, place) => place));
    for (const outcome of await Promise.all(hostile)) expect(outcome).toEqual({ kind: "limit", limit: "time" });
  });
});
