import type { SourcePosition, SourceRange } from "../sources.ts";
import { spanInLiteral } from "./literalOffsets.ts";
import type { Span } from "./syntax.ts";

/** Turns offsets of one text into lines and columns. */
export class SourceLines {
  readonly #text: string;
  #starts: readonly number[] | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  range(span: Span): SourceRange {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** Of the part of a text in quotes: `part` counts in what the literal says. */
  rangeWithin(literal: Span, part: Span): SourceRange {
    return this.range(spanInLiteral(this.#text, literal, part));
  }

  position(offset: number): SourcePosition {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  #lineStarts(): readonly number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (const match of this.#text.matchAll(/\r\n|\n|\r|\u2028|\u2029/g)) starts.push(match.index + match[0].length);
    this.#starts = starts;
    return starts;
  }
}
