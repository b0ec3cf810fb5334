import { refusal } from "../refusal.ts";

/** One part of a dump, in order. Lines count from 1. */
export type DumpPart =
  | Statement
  /** A command of psql, such as `\connect`. */
  | { readonly kind: "command"; readonly text: string; readonly line: number }
  /** Rows of the COPY statement before them, as they are; whole lines. */
  | { readonly kind: "rows"; readonly text: string }
  | { readonly kind: "endOfRows" };

export interface Statement {
  readonly kind: "statement";
  /** Without the semicolon. */
  readonly text: string;
  readonly line: number;
  /** Its words outside quotes and parentheses in small letters, as far as they matter; `"` for a quoted name. */
  readonly words: readonly string[];
  /** Rows follow. */
  readonly isCopy: boolean;
}

const longestStatement = 32 * 1024 * 1024;
const keptWords = 12;

/**
 * Takes a dump apart as psql would: semicolons in quotes, dollar quotes, comments, parentheses and bodies of functions
 * end nothing. Memory holds one statement, or one chunk of rows.
 */
export async function* splitDump(chunks: AsyncIterable<string>): AsyncGenerator<DumpPart> {
  const splitter = new Splitter();
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}

/** What the text before the cursor is the inside of. */
type Inside =
  | { readonly kind: "plain" }
  | { readonly kind: "quote"; readonly escapes: boolean }
  | { readonly kind: "name" }
  | { readonly kind: "dollar"; readonly tag: string }
  | { readonly kind: "lineComment" }
  | { readonly kind: "comment"; readonly depth: number };

const plain: Inside = { kind: "plain" };

class Splitter {
  #text = "";
  /** Cursor in `#text`; what is before it belongs to the statement under way. */
  #at = 0;
  /** Where the statement under way begins in `#text`; -1 before its first token. */
  #start = -1;
  #startLine = 1;
  #line = 1;
  #inside: Inside = plain;
  #parentheses = 0;
  /** Depth of BEGIN ATOMIC and CASE in the body of a function. */
  #blocks = 0;
  #words: string[] = [];
  #lastWord = "";
  #isCopy = false;
  #standardStrings = true;
  #rows: "none" | "announced" | "under way" = "none";
  #isLast = false;

  *push(chunk: string): Generator<DumpPart> {
    this.#text = this.#text.slice(this.#keepFrom()) + chunk;
    yield* this.#scan();
    if (this.#start >= 0 && this.#at - this.#start > longestStatement)
      throw refusal(`The statement in line ${this.#startLine} is longer than ${longestStatement / 1024 / 1024} MB.`);
  }

  *end(): Generator<DumpPart> {
    this.#isLast = true;
    yield* this.push("");
    if (this.#rows !== "none")
      throw refusal("The dump ends in the middle of the rows of a table: it is cut off. Make it anew.");
    const isOpen = this.#inside.kind !== "plain" && this.#inside.kind !== "lineComment";
    if (isOpen || this.#parentheses > 0 || this.#blocks > 0)
      throw refusal(
        `The dump ends in the middle of the statement that begins in line ${this.#startLine}. Make it anew.`,
      );
    if (this.#start >= 0) yield this.#take(this.#text.slice(this.#start));
  }

  #keepFrom(): number {
    const from = this.#start >= 0 ? this.#start : this.#at;
    this.#at -= from;
    if (this.#start >= 0) this.#start = 0;
    return from;
  }

  *#scan(): Generator<DumpPart> {
    for (;;) {
      const part = this.#rows === "none" ? this.#step() : this.#rowsStep();
      if (part === "more") return;
      if (part) yield part;
    }
  }

  /** Moves past one token. `more` when it cannot be seen whole yet. */
  #step(): DumpPart | "more" | null {
    switch (this.#inside.kind) {
      case "plain":
        return this.#plain();
      case "quote":
        return this.#quote(this.#inside.escapes);
      case "name":
        return this.#until('"', plain);
      case "dollar":
        return this.#until(this.#inside.tag, plain);
      case "lineComment":
        return this.#until("\n", plain);
      case "comment":
        return this.#comment(this.#inside.depth);
    }
  }

  #plain(): DumpPart | "more" | null {
    const text = this.#text;
    if (this.#at >= text.length) return "more";
    // Two-character tokens, tags and words may go on in the next chunk.
    const isNear = text.length - this.#at < 128 && !this.#isLast;
    const character = text[this.#at] ?? "";
    if (isNear && !/[\s;(),]/.test(character)) return "more";
    if (/\s/.test(character)) return this.#skip(whitespace);
    if (text.startsWith("--", this.#at)) return this.#enter({ kind: "lineComment" }, 2);
    if (text.startsWith("/*", this.#at)) return this.#enter({ kind: "comment", depth: 1 }, 2);
    if (character === "\\") return this.#command();
    if (character === ";" && this.#start < 0) return this.#skip(semicolon);
    if (this.#start < 0) this.#begin();
    if (character === ";" && this.#parentheses === 0 && this.#blocks === 0) return this.#finish();
    return this.#token(character);
  }

  #token(character: string): null {
    switch (character) {
      case "'":
        this.#note("'");
        return this.#enter({ kind: "quote", escapes: !this.#standardStrings }, 1);
      case '"':
        this.#note('"');
        return this.#enter({ kind: "name" }, 1);
      case "(":
        this.#parentheses++;
        return this.#move(1);
      case ")":
        this.#parentheses = Math.max(0, this.#parentheses - 1);
        return this.#move(1);
    }
    const tag = match(dollarTag, this.#text, this.#at);
    if (tag) return this.#enter({ kind: "dollar", tag }, tag.length);
    const prefix = match(escapeString, this.#text, this.#at);
    if (prefix) return this.#enter({ kind: "quote", escapes: true }, prefix.length);
    const word = match(wordPattern, this.#text, this.#at);
    if (word) this.#note(word.toLowerCase());
    return this.#move(word?.length || 1);
  }

  #note(word: string): void {
    if (this.#parentheses === 0) {
      if (this.#words.length < keptWords) this.#words.push(word);
      if (this.#words[0] === "copy" && this.#lastWord === "from" && word === "stdin") this.#isCopy = true;
    }
    this.#lastWord = word;
    const [first, second, , fourth] = this.#words;
    const made = second === "or" ? fourth : second;
    if (this.#parentheses > 0 || first !== "create" || (made !== "function" && made !== "procedure")) return;
    if (word === "begin" || (word === "case" && this.#blocks > 0)) this.#blocks++;
    else if (word === "end" && this.#blocks > 0) this.#blocks--;
  }

  #begin(): void {
    this.#start = this.#at;
    this.#startLine = this.#line;
  }

  #finish(): DumpPart {
    const statement = this.#take(this.#text.slice(this.#start, this.#at));
    this.#move(1);
    return statement;
  }

  #take(text: string): Statement {
    const statement: Statement = {
      kind: "statement",
      text,
      line: this.#startLine,
      words: this.#words,
      isCopy: this.#isCopy,
    };
    if (this.#words[0] === "set" && this.#words.includes("standard_conforming_strings"))
      this.#standardStrings = !/\b(?:off|false|no|0)\b/i.test(text.replace(/^.*standard_conforming_strings/is, ""));
    this.#rows = this.#isCopy ? "announced" : "none";
    this.#start = -1;
    this.#words = [];
    this.#lastWord = "";
    this.#isCopy = false;
    return statement;
  }

  #command(): DumpPart | "more" {
    const end = this.#text.indexOf("\n", this.#at);
    if (end < 0 && !this.#isLast) return "more";
    const text = this.#text.slice(this.#at, end < 0 ? undefined : end).trimEnd();
    const line = this.#line;
    if (this.#start >= 0) throw refusal(`Line ${line} has the psql command "${text.slice(0, 40)}" inside a statement.`);
    this.#move(end < 0 ? this.#text.length - this.#at : end - this.#at);
    return { kind: "command", text, line };
  }

  #quote(escapes: boolean): "more" | null {
    const text = this.#text;
    for (;;) {
      const end = text.indexOf("'", this.#at);
      const backslash = escapes ? text.indexOf("\\", this.#at) : -1;
      const isEscape = backslash >= 0 && (end < 0 || backslash < end);
      const found = isEscape ? backslash : end;
      if (found < 0) return this.#wait(text.length);
      // What follows a backslash or a quote decides what it is.
      if (found + 1 >= text.length && !this.#isLast) return this.#wait(found);
      const isText = isEscape || text[found + 1] === "'";
      this.#move(found + (isText ? 2 : 1) - this.#at);
      if (!isText) return this.#enter(plain, 0);
    }
  }

  #until(end: string, next: Inside): "more" | null {
    const found = this.#text.indexOf(end, this.#at);
    // The end itself may be cut in two.
    if (found < 0) return this.#wait(Math.max(this.#at, this.#text.length - end.length + 1));
    this.#move(found + end.length - this.#at);
    this.#inside = next;
    return null;
  }

  #comment(depth: number): "more" | null {
    const end = this.#text.indexOf("*/", this.#at);
    const open = this.#text.indexOf("/*", this.#at);
    if (open >= 0 && (end < 0 || open < end))
      return this.#enter({ kind: "comment", depth: depth + 1 }, open + 2 - this.#at);
    if (end < 0) return this.#wait(Math.max(this.#at, this.#text.length - 1));
    return this.#enter(depth === 1 ? plain : { kind: "comment", depth: depth - 1 }, end + 2 - this.#at);
  }

  /** Rows begin in the line after the statement and go on to a line of `\.` alone. */
  #rowsStep(): DumpPart | "more" | null {
    const text = this.#text;
    if (this.#rows === "announced") {
      const end = text.indexOf("\n", this.#at);
      if (end < 0) return this.#wait(text.length);
      this.#rows = "under way";
      return this.#move(end + 1 - this.#at);
    }
    const mark = this.#endMark();
    if (mark?.at === this.#at) {
      if (mark.length === 0) return "more";
      this.#rows = "none";
      this.#move(mark.length);
      return { kind: "endOfRows" };
    }
    const end = mark?.at ?? text.lastIndexOf("\n") + 1;
    if (end <= this.#at) {
      if (text.length - this.#at > longestStatement) throw refusal(`Line ${this.#line} is too long for a row.`);
      return "more";
    }
    const rows = text.slice(this.#at, end);
    this.#move(rows.length);
    return { kind: "rows", text: rows };
  }

  /** The next line of `\.` alone; without length when the chunk ends before that is certain. */
  #endMark(): { readonly at: number; readonly length: number } | null {
    const text = this.#text;
    const next = (from: number) => {
      const found = text.indexOf("\n\\.", from);
      return found < 0 ? -1 : found + 1;
    };
    for (let at = text.startsWith("\\.", this.#at) ? this.#at : next(this.#at); at >= 0; at = next(at)) {
      const mark = /^\\\.(?:\r?\n|\r?$)/.exec(text.slice(at, at + 4))?.[0];
      if (mark) return { at, length: mark.endsWith("\n") || this.#isLast ? mark.length : 0 };
    }
    return null;
  }

  #skip(pattern: RegExp): null {
    return this.#move(match(pattern, this.#text, this.#at)?.length || 1);
  }

  #enter(inside: Inside, length: number): null {
    this.#inside = inside;
    return this.#move(length);
  }

  #move(length: number): null {
    const to = this.#at + length;
    for (let at = this.#text.indexOf("\n", this.#at); at >= 0 && at < to; at = this.#text.indexOf("\n", at + 1))
      this.#line++;
    this.#at = to;
    return null;
  }

  #wait(at: number): "more" {
    this.#move(at - this.#at);
    return "more";
  }
}

const whitespace = /\s+/y;
const semicolon = /;/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const escapeString = /[eE]'/y;
const wordPattern = /[A-Za-z_\u0080-\uffff0-9][A-Za-z0-9_$\u0080-\uffff]*/y;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
