import { AppError } from "#lib/errors/AppError.ts";

/** A value as it stands in a table: null where nothing stands, not even quotes. */
export type Cell = string | null;

/** `line` is that of the file, from 1, where the row begins. */
export type OnRow = (cells: Cell[], line: number) => void;

const newLine = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** A row may hold so many characters; more are a missing quote. */
const maxRow = 1 << 20;

/**
 * CSV as RFC 4180 has it, piece by piece: nothing but the row that is under way is kept. Lines may end with LF alone, and
 * the first one tells what parts the values: a comma, a semicolon or a tab.
 */
export class CsvParser {
  readonly #onRow: OnRow;
  #separator: string | null = null;
  #rest = "";
  #line = 1;
  /** How many values the first row has. */
  #width = 0;

  constructor(onRow: OnRow) {
    this.#onRow = onRow;
  }

  /** The line that comes next. */
  get line(): number {
    return this.#line;
  }

  push(text: string): void {
    this.#rest = this.#read(this.#rest === "" ? text : this.#rest + text, false);
    if (this.#rest.length > maxRow) {
      throw malformed(this.#line, "quotes", "A row of more than a million characters: perhaps a quote is missing.");
    }
  }

  end(): void {
    const last = this.#rest;
    this.#rest = "";
    if (last !== "") this.#read(last, true);
  }

  /** Gives the whole rows of a text on; answers what is left over. */
  #read(text: string, isLast: boolean): string {
    let at = 0;
    let nextQuote = text.indexOf('"');
    while (at < text.length) {
      if (nextQuote >= 0 && nextQuote < at) nextQuote = text.indexOf('"', at);
      const found = text.indexOf("\n", at);
      const end = found < 0 ? text.length : found;
      if (found < 0 && !isLast) break;
      if (this.#separator === null) this.#separator = separatorOf(text.slice(at, end));
      if (nextQuote < 0 || nextQuote > end) {
        this.#plainRow(text, at, end);
        at = end + 1;
        continue;
      }
      const next = this.#quotedRow(text, at, isLast);
      if (next < 0) break;
      at = next;
    }
    return at === 0 ? text : text.slice(at);
  }

  #plainRow(text: string, start: number, end: number): void {
    const last = end > start && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
    const cells: Cell[] = text.slice(start, last).split(this.#separator ?? ",");
    for (let index = 0; index < cells.length; index++) if (cells[index] === "") cells[index] = null;
    this.#give(cells, 1);
  }

  /** Where the next row begins, or -1 where this one goes on in the next piece. */
  #quotedRow(text: string, start: number, isLast: boolean): number {
    const separator = (this.#separator ?? ",").charCodeAt(0);
    const cells: Cell[] = [];
    let lines = 1;
    let at = start;
    for (;;) {
      if (text.charCodeAt(at) === quote) {
        const end = closingQuote(text, at + 1);
        if (end < 0 && isLast)
          throw malformed(this.#line, "quotes", "A quote that opens a value here is never closed.");
        if (end < 0 || (end + 1 === text.length && !isLast)) return -1;
        const inner = text.slice(at + 1, end);
        cells.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner);
        lines += countLines(inner);
        at = end + 1;
      } else {
        let end = at;
        for (; end < text.length; end++) {
          const code = text.charCodeAt(end);
          if (code === separator || code === newLine) break;
          if (code === quote) throw this.#misplaced(lines, "A value with quotes in it stands in quotes itself.");
        }
        if (end === text.length && !isLast) return -1;
        const isEnd = text.charCodeAt(end) !== separator;
        const last = isEnd && end > at && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
        cells.push(last === at ? null : text.slice(at, last));
        at = end;
      }
      const code = text.charCodeAt(at);
      if (code === separator) at += 1;
      else if (at >= text.length || code === newLine) break;
      else if (code === carriageReturn && at + 1 === text.length && !isLast) return -1;
      else if (code === carriageReturn && (at + 1 === text.length || text.charCodeAt(at + 1) === newLine)) {
        at += 1;
        break;
      } else throw this.#misplaced(lines, "Nothing may follow the quote that closes a value but the next value.");
    }
    this.#give(cells, lines);
    return at + 1;
  }

  #give(cells: Cell[], lines: number): void {
    const line = this.#line;
    this.#line += lines;
    if (this.#width === 0) this.#width = cells.length;
    // An empty line is no row, but for tables of one column, where it is one without a value.
    if (this.#width > 1 && cells.length === 1 && cells[0] === null) return;
    this.#onRow(cells, line);
  }

  #misplaced(lines: number, message: string): AppError {
    return malformed(this.#line + lines - 1, "quotes", message);
  }
}

export function malformed(line: number, rule: string, message: string): AppError {
  return new AppError("invalid_request", `Line ${line}: ${message}`, { fields: [{ field: "", rule, message, line }] });
}

function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== quote) return at;
  }
  return -1;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Names of columns have none of these in them. */
function separatorOf(header: string): string {
  return /[,;\t]/.exec(header.replace(/"[^"]*"/g, ""))?.[0] ?? ",";
}
