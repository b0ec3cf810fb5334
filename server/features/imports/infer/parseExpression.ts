/** The part of PostgreSQL's expressions that checks and defaults are usually made of. Casts are seen through. */
export type Expression =
  | { readonly kind: "column"; readonly name: string }
  /** `text` as written; null for NULL. Numbers, texts and booleans alike. */
  | { readonly kind: "literal"; readonly text: string | null }
  | { readonly kind: "call"; readonly name: string; readonly items: readonly Expression[] }
  | { readonly kind: "compare"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "logic"; readonly operator: "and" | "or"; readonly items: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "notNull"; readonly operand: Expression };

/** Reads an expression as PostgreSQL prints it; null when it holds anything beyond that part. */
export function parseExpression(text: string): Expression | null {
  const tokens = tokenize(text);
  if (!tokens) return null;
  const parser = new Parser(tokens);
  try {
    const expression = parser.or();
    return parser.isAtEnd ? expression : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

class Unreadable extends Error {}

interface Token {
  readonly kind: "word" | "name" | "text" | "number" | "symbol";
  readonly text: string;
}

const tokenPattern =
  /\s*(?:(?<text>[Ee]?'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|(?<number>\d+(?:\.\d*)?(?:e[+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<symbol>::|[()[\],.]|[-+*/<>=~!@#%^&|`?]+))/uy;

function tokenize(text: string): Token[] | null {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const groups = tokenPattern.exec(text)?.groups;
    if (!groups) return null;
    if (groups.text !== undefined) tokens.push({ kind: "text", text: textOf(groups.text) });
    else if (groups.name !== undefined)
      tokens.push({ kind: "name", text: groups.name.slice(1, -1).replaceAll('""', '"') });
    else if (groups.number !== undefined) tokens.push({ kind: "number", text: groups.number });
    else if (groups.word !== undefined) tokens.push({ kind: "word", text: groups.word });
    else tokens.push({ kind: "symbol", text: groups.symbol ?? "" });
  }
  return tokens;
}

/** PostgreSQL prints `E'...'` only where there is a backslash, and then doubles each. */
function textOf(literal: string): string {
  const isEscaped = /^[Ee]/.test(literal);
  const inner = literal.slice(isEscaped ? 2 : 1, -1).replaceAll("''", "'");
  return isEscaped ? inner.replaceAll("\\\\", "\\") : inner;
}

const comparisons = new Set([
  "=",
  "<>",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "~",
  "~*",
  "!~",
  "!~*",
  "~~",
  "~~*",
  "!~~",
  "!~~*",
]);

/** Words that follow the first one of a type's name. */
const typeWords = new Set(["varying", "precision", "without", "with", "time", "zone"]);

const plainCalls = new Set(["current_timestamp", "current_date", "current_time", "localtimestamp", "localtime"]);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  or(): Expression {
    return this.#logic("or", () => this.#logic("and", () => this.#comparison()));
  }

  #logic(operator: "and" | "or", part: () => Expression): Expression {
    const first = part();
    const items = [first];
    while (this.#takeWord(operator)) items.push(part());
    return items.length === 1 ? first : { kind: "logic", operator, items };
  }

  #comparison(): Expression {
    const left = this.#cast();
    if (this.#takeWord("is")) {
      if (this.#takeWord("not") && this.#takeWord("null")) return { kind: "notNull", operand: left };
      throw new Unreadable();
    }
    const operator = this.#tokens[this.#at];
    if (operator?.kind !== "symbol" || !comparisons.has(operator.text)) return left;
    this.#at++;
    if (this.#takeWord("any")) {
      if (operator.text !== "=") throw new Unreadable();
      this.#expect("(");
      const right = this.or();
      this.#expect(")");
      return { kind: "compare", operator: "any", left, right };
    }
    return { kind: "compare", operator: operator.text, left, right: this.#cast() };
  }

  #cast(): Expression {
    const value = this.#primary();
    while (this.#take("::")) this.#typeName();
    return value;
  }

  #typeName(): void {
    this.#nextName();
    while (this.#take(".")) this.#nextName();
    while (typeWords.has(this.#peekWord() ?? "")) this.#at++;
    if (this.#take("(")) {
      while (!this.#take(")")) this.#next();
      while (typeWords.has(this.#peekWord() ?? "")) this.#at++;
    }
    while (this.#take("[")) this.#expect("]");
  }

  #primary(): Expression {
    const token = this.#next();
    if (token.kind === "text" || token.kind === "number") return { kind: "literal", text: token.text };
    if (token.kind === "symbol") return this.#symbol(token.text);
    const word = token.kind === "word" ? token.text.toLowerCase() : null;
    if (word === "true" || word === "false") return { kind: "literal", text: word };
    if (word === "null") return { kind: "literal", text: null };
    if (word === "array") return this.#list();
    if (word === "not" || word === "case" || word === "select" || word === "exists") throw new Unreadable();
    if (word !== null && plainCalls.has(word)) {
      if (this.#take("(")) this.#arguments();
      return { kind: "call", name: word, items: [] };
    }
    return this.#columnOrCall(token.text);
  }

  #symbol(symbol: string): Expression {
    if (symbol === "(") {
      const inner = this.or();
      this.#expect(")");
      return inner;
    }
    if (symbol !== "-") throw new Unreadable();
    const operand = this.#cast();
    if (operand.kind !== "literal" || operand.text === null) throw new Unreadable();
    return { kind: "literal", text: operand.text.startsWith("-") ? operand.text.slice(1) : `-${operand.text}` };
  }

  /** A function's schema says nothing of what it does that its name does not. */
  #columnOrCall(first: string): Expression {
    let name = first;
    while (this.#take(".")) name = this.#nextName();
    if (!this.#take("(")) return { kind: "column", name };
    return { kind: "call", name: name.toLowerCase(), items: this.#arguments() };
  }

  #arguments(): readonly Expression[] {
    const items: Expression[] = [];
    while (!this.#take(")")) {
      if (items.length > 0) this.#expect(",");
      items.push(this.or());
    }
    return items;
  }

  #list(): Expression {
    this.#expect("[");
    const items: Expression[] = [];
    while (!this.#take("]")) {
      if (items.length > 0) this.#expect(",");
      items.push(this.or());
    }
    return { kind: "list", items };
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw new Unreadable();
    return token;
  }

  #nextName(): string {
    const token = this.#next();
    if (token.kind !== "word" && token.kind !== "name") throw new Unreadable();
    return token.text;
  }

  #peekWord(): string | undefined {
    const token = this.#tokens[this.#at];
    return token?.kind === "word" ? token.text.toLowerCase() : undefined;
  }

  #takeWord(word: string): boolean {
    if (this.#peekWord() !== word) return false;
    this.#at++;
    return true;
  }

  #take(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "symbol" || token.text !== symbol) return false;
    this.#at++;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw new Unreadable();
  }
}
