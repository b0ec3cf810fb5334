import { ScimError } from "../ScimError.ts";
import type { AttributePath, Comparison, Filter, PatchPath } from "./Filter.ts";

const longestFilter = 4000;
const deepest = 30;
const comparisons: ReadonlySet<string> = new Set(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]);

type Token =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "sign"; readonly text: string };

/** Throws ScimError `invalidFilter`. */
export function parseFilter(text: string): Filter {
  const reader = new Reader(text, "invalidFilter");
  const filter = reader.either(0);
  reader.end();
  return filter;
}

/** Throws ScimError `invalidPath`. */
export function parsePath(text: string): PatchPath {
  const reader = new Reader(text, "invalidPath");
  const path = reader.attribute();
  const inner = reader.bracketed(0);
  const sub = inner === null ? null : reader.afterBrackets();
  reader.end();
  return { path, inner, sub };
}

/** `and` binds closer than `or`, `not` closer than both; words are written in any case. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #fault: "invalidFilter" | "invalidPath";
  #at = 0;

  constructor(text: string, fault: "invalidFilter" | "invalidPath") {
    this.#fault = fault;
    if (text.length > longestFilter) throw this.#refusal("is too long");
    this.#tokens = [...this.#split(text)];
  }

  either(depth: number): Filter {
    let left = this.#both(depth);
    while (this.#takeWord("or")) left = { kind: "or", left, right: this.#both(depth) };
    return left;
  }

  #both(depth: number): Filter {
    let left = this.#single(depth);
    while (this.#takeWord("and")) left = { kind: "and", left, right: this.#single(depth) };
    return left;
  }

  #single(depth: number): Filter {
    if (depth > deepest) throw this.#refusal("is nested too deeply");
    if (this.#takeWord("not")) return { kind: "not", inner: this.#grouped(depth) };
    if (this.#isSign("(")) return this.#grouped(depth);
    const path = this.attribute();
    const inner = this.bracketed(depth);
    if (inner) return { kind: "some", path, inner };
    if (this.#takeWord("pr")) return { kind: "present", path };
    const operator = this.#next();
    if (operator?.kind !== "word" || !isComparison(operator.text.toLowerCase())) {
      throw this.#refusal("has no operator where one must stand");
    }
    const value = this.#next();
    if (value?.kind !== "value") throw this.#refusal("has no value where one must stand; texts stand in quotes");
    return { kind: "compare", path, operator: operator.text.toLowerCase() as Comparison, value: value.value };
  }

  #grouped(depth: number): Filter {
    this.#sign("(");
    const inner = this.either(depth + 1);
    this.#sign(")");
    return inner;
  }

  bracketed(depth: number): Filter | null {
    if (!this.#isSign("[")) return null;
    this.#sign("[");
    const inner = this.either(depth + 1);
    this.#sign("]");
    return inner;
  }

  afterBrackets(): string | null {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word") return null;
    this.#at += 1;
    if (!/^\.[\w$-]+$/.test(token.text)) throw this.#refusal("cannot be read after the brackets");
    return token.text.slice(1);
  }

  attribute(): AttributePath {
    const token = this.#next();
    const parts = token?.kind === "word" ? /^(?:(urn:[\w.:-]+):)?([\w$-]+)(?:\.([\w$-]+))?$/i.exec(token.text) : null;
    // A schema's version has a dot in it: `urn:…:2.0:User:name.familyName`; a URN alone is an extension as a whole.
    if (token?.kind !== "word" || !parts?.[2]) throw this.#refusal("names no attribute where one must stand");
    return { urn: parts[1] ?? null, name: parts[2], sub: parts[3] ?? null };
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#refusal("goes on where it should end");
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word" || token.text.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #isSign(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === "sign" && token.text === text;
  }

  #sign(text: string): void {
    if (!this.#isSign(text)) throw this.#refusal(`lacks a ${text}`);
    this.#at += 1;
  }

  *#split(text: string): Generator<Token> {
    const pattern = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/gy;
    while (pattern.lastIndex < text.trimEnd().length) {
      const match = pattern.exec(text);
      if (!match) throw this.#refusal("has a quote that does not end");
      const [, sign, quoted, word] = match;
      if (sign !== undefined) yield { kind: "sign", text: sign };
      else if (quoted !== undefined) yield { kind: "value", value: this.#unquoted(quoted) };
      else if (word !== undefined) yield literal(word);
    }
  }

  #unquoted(quoted: string): string {
    try {
      return String(JSON.parse(quoted));
    } catch {
      throw this.#refusal("has a text that is not written as JSON");
    }
  }

  #refusal(why: string): ScimError {
    const what = this.#fault === "invalidFilter" ? "filter" : "path";
    return new ScimError(400, `The ${what} ${why}.`, this.#fault);
  }
}

function literal(word: string): Token {
  if (/^(true|false)$/i.test(word)) return { kind: "value", value: word.toLowerCase() === "true" };
  if (/^null$/i.test(word)) return { kind: "value", value: null };
  if (/^-?\d+(\.\d+)?$/.test(word)) return { kind: "value", value: Number(word) };
  return { kind: "word", text: word };
}

function isComparison(text: string): text is Comparison {
  return comparisons.has(text);
}
