import { stripTypeScriptTypes } from "node:module";
import { describe, expect, test } from "vitest";
import { stripTypes } from "./stripTypes.ts";

const sources = [
  "({ amount }: { amount: string }): string => amount",
  "({ amount, rate = '0.19' }) => Decimal.of(amount).times(rate).round(2)",
  "function vat({ amount }: Input): Output { return { vat: amount as unknown as string }; }",
  "({ rows }) => rows.reduce<number>((sum: number, { price }: Row): number => sum + price!, 0)",
  "(given: Given) => {\n  type Row = { a: number };\n  interface More { b: string }\n  const rows: readonly Row[] = given.rows satisfies Row[];\n  return rows;\n}",
  "(given) => { let later!: number; later = (given.a as number)! + 1; return later; }",
  "(given) => { function over(a: string): string; function over(a: unknown) { return a; } return over(given.a); }",
  "(given) => { class Money implements Sum, Other { private readonly a?: number; static b: string = 'b'; #c: number = 1; constructor(a: number) { this.a = a; } public toString(): string { return String(this.#c as number); } [name: string]: unknown; } return new Money(1); }",
  "(given) => { abstract class Shape<T extends object = {}> { abstract area(): number; public half(this: Shape<T>, by: number) { return this.area() / by; } } return 1; }",
  "(given) => { const { a, ...rest }: { a?: number } = given; return rest; }",
  "(given: { a?: number }, ) => ((given.a) as number) ?? 0",
  "(given) => [1, 2].map((value, index?: number): value is 1 => value === index)",
  "(given) => new Map<string, Array<number>>([['a', [1]]]).get('a')",
  "(given) => { declare const outside: number; return typeof outside; }",
  "(given) => { try { return (<T,>(one: T): T => one)(given); } catch (error: unknown) { return String(error as Error); } }",
  "(given) => { const größe: string = '🙂'; return größe as string; }",
  "(given) => given.a?.b!.c![0]!",
  "(given) => { for (const row of given.rows as Row[]) { if ((row as Row).a) return row; } return null; }",
];

describe("the JavaScript of TypeScript", () => {
  test.each(sources)("%s", (source) => {
    const stripped = stripTypes(source);
    const code = "code" in stripped ? stripped.code : stripped.message;
    // Node's own stripper is asked for a whole module.
    const expected = stripTypeScriptTypes(`(${source}\n)`).slice(1, -2);
    expect(code.replaceAll(";", " ")).toBe(expected.replaceAll(";", " "));
    expect(() => new Function(`return (${code}\n)`)).not.toThrow();
  });

  test.each([
    ["(given) => { enum A { a } return A.a; }", "Enums", 1],
    ["(given) => {\n  namespace A { const a = 1 }\n}", "Namespaces", 2],
    ["(given) => { class A { constructor(private a: number) {} } }", "Parameter properties", 1],
    ["(given) => {\n  return +;\n}", "Unexpected token", 2],
    ["(given) => 1) + (() => 2", "Unexpected", 1],
    ["", "Unexpected", 1],
  ])("%s is refused at its line", (source, message, line) => {
    expect(stripTypes(source)).toMatchObject({ message: expect.stringContaining(message), line });
  });
});
