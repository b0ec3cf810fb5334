import type { JsonValue } from "#lib/model/types.ts";
import { canonicalJson } from "./signature.ts";

/** What a condition can speak of: `event` is the one that started the run, `async` the one that has just come. */
export type ConditionScope = Readonly<Record<"event" | "async", JsonValue | undefined>>;

type Evaluate = (scope: ConditionScope) => JsonValue | undefined;

/**
 * The conditions of triggers, waits, cancellations and concurrency keys: of CEL the literals, paths, comparisons,
 * `&&`, `||`, `!`, `in`, `+` and parentheses. Throws a SyntaxError for anything else.
 */
export function parseCondition(text: string): Evaluate {
  const parser = new Parser(tokenize(text), text);
  const evaluate = parser.or();
  parser.end();
  return evaluate;
}

const tokenPattern =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?|[A-Za-z_]\w*|&&|\|\||[=!<>]=|[-!<>()[\],.+]))/y;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  const end = text.trimEnd().length;
  while (tokenPattern.lastIndex < end) {
    const at = tokenPattern.lastIndex;
    const token = tokenPattern.exec(text)?.[1];
    if (token === undefined)
      throw new SyntaxError(`The condition "${text}" cannot be read from character ${at + 1} on.`);
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly string[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: readonly string[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  or(): Evaluate {
    let left = this.#and();
    while (this.#take("||")) {
      const [one, other] = [left, this.#and()];
      left = (scope) => isTrue(one(scope)) || isTrue(other(scope));
    }
    return left;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#unexpected();
  }

  #and(): Evaluate {
    let left = this.#comparison();
    while (this.#take("&&")) {
      const [one, other] = [left, this.#comparison()];
      left = (scope) => isTrue(one(scope)) && isTrue(other(scope));
    }
    return left;
  }

  #comparison(): Evaluate {
    const left = this.#sum();
    const operator = this.#tokens[this.#at];
    const compare = operator === undefined ? undefined : comparisons[operator];
    if (!compare) return left;
    this.#at++;
    const right = this.#sum();
    return (scope) => compare(left(scope), right(scope));
  }

  #sum(): Evaluate {
    let left = this.#unary();
    while (this.#take("+")) {
      const [one, other] = [left, this.#unary()];
      left = (scope) => add(one(scope), other(scope));
    }
    return left;
  }

  #unary(): Evaluate {
    if (this.#take("!")) {
      const operand = this.#unary();
      return (scope) => !isTrue(operand(scope));
    }
    if (this.#take("-")) {
      const operand = this.#unary();
      return (scope) => -Number(operand(scope));
    }
    return this.#path(this.#primary());
  }

  #path(start: Evaluate): Evaluate {
    let value = start;
    for (;;) {
      const from = value;
      if (this.#take(".")) {
        const name = this.#next();
        if (!/^[A-Za-z_]/.test(name)) throw this.#unexpected(name);
        value = (scope) => member(from(scope), name);
      } else if (this.#take("[")) {
        const key = this.or();
        this.#expect("]");
        value = (scope) => member(from(scope), key(scope));
      } else return value;
    }
  }

  #primary(): Evaluate {
    const token = this.#next();
    if (token === "(") {
      const inner = this.or();
      this.#expect(")");
      return inner;
    }
    if (token === "[") return this.#list();
    if (/^["']/.test(token)) {
      const value = unquote(token);
      return () => value;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (token === "true" || token === "false") return () => token === "true";
    if (token === "null") return () => null;
    if (token === "event" || token === "async") return (scope) => scope[token];
    throw this.#unexpected(token);
  }

  #list(): Evaluate {
    const items: Evaluate[] = [];
    while (!this.#take("]")) {
      if (items.length > 0) this.#expect(",");
      items.push(this.or());
    }
    return (scope) => items.map((item) => item(scope) ?? null);
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError(`The condition "${this.#text}" ends too early.`);
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#unexpected();
  }

  #unexpected(token = this.#tokens[this.#at] ?? "the end"): SyntaxError {
    return new SyntaxError(`The condition "${this.#text}" has "${token}" where it cannot be read.`);
  }
}

type Value = JsonValue | undefined;

const comparisons: Readonly<Record<string, (one: Value, other: Value) => boolean>> = {
  "==": same,
  "!=": (one, other) => !same(one, other),
  "<": (one, other) => order(one, other) < 0,
  "<=": (one, other) => order(one, other) <= 0,
  ">": (one, other) => order(one, other) > 0,
  ">=": (one, other) => order(one, other) >= 0,
  in: (one, other) => (Array.isArray(other) ? other.some((item) => same(one, item)) : member(other, one) !== undefined),
};

function isTrue(value: Value): boolean {
  return value === true;
}

function same(one: Value, other: Value): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** NaN, so that every comparison is false, where the two have no order. */
function order(one: Value, other: Value): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one !== "string" || typeof other !== "string") return Number.NaN;
  return one === other ? 0 : one < other ? -1 : 1;
}

function add(one: Value, other: Value): Value {
  if (typeof one === "number" && typeof other === "number") return one + other;
  return `${one ?? ""}${other ?? ""}`;
}

function member(value: Value, key: Value): Value {
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  if (typeof value !== "object" || value === null || typeof key !== "string") return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

function unquote(token: string): string {
  const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
  return token.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}
