import { anyPoint, complement, union } from "./codePoints.ts";
import type { CodePoints, PatternNode } from "./PatternNode.ts";

/** Why a pattern is not taken, as a sentence. */
export class PatternProblem extends Error {}

/** The most that PostgreSQL counts. */
const maxCount = 255;

const maxLength = 1000;

const classes: Readonly<Record<string, string>> = { d: "[0-9]", w: "[A-Za-z0-9_]", s: "[ \\t\\r\\n]" };

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * Reads a pattern of the common subset: what JavaScript (with the flags `s` and `u`) and PostgreSQL read alike.
 * @throws PatternProblem
 */
export function parsePattern(pattern: string): PatternNode {
  if (pattern.length > maxLength) throw new PatternProblem(`A pattern has at most ${maxLength} characters.`);
  return new PatternParser(pattern).parse();
}

class PatternParser {
  readonly #points: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#points = [...pattern];
  }

  parse(): PatternNode {
    const node = this.#either();
    if (this.#peek() === ")") throw new PatternProblem("There is a `)` without its `(`. Remove it or write `\\)`.");
    return node;
  }

  #either(): PatternNode {
    const parts = [this.#sequence()];
    while (this.#take("|")) parts.push(this.#sequence());
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: "either", parts };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    // The whole value must match anyway, so these say nothing at the ends.
    if (this.#depth === 0) this.#take("^");
    for (let next = this.#peek(); next !== null && next !== "|" && next !== ")"; next = this.#peek()) {
      if (next === "$" && this.#depth === 0 && this.#endsAfter()) {
        this.#at++;
        break;
      }
      parts.push(this.#repeated());
    }
    return { kind: "sequence", parts };
  }

  #endsAfter(): boolean {
    const after = this.#points[this.#at + 1];
    return after === undefined || after === "|";
  }

  #repeated(): PatternNode {
    const part = this.#atom();
    const count = this.#count();
    if (!count) return part;
    if (this.#count() || this.#peek() === "?") {
      throw new PatternProblem("Two signs of repetition follow each other. Keep one of them.");
    }
    return { kind: "repeat", part, ...count };
  }

  #count(): { readonly min: number; readonly max: number | null } | null {
    if (this.#take("*")) return { min: 0, max: null };
    if (this.#take("+")) return { min: 1, max: null };
    if (this.#take("?")) return { min: 0, max: 1 };
    if (this.#peek() !== "{") return null;
    const text = this.#points.slice(this.#at).join("");
    const match = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(text);
    if (!match) throw new PatternProblem("Write `{` as `\\{`, or a count such as `{2,5}`.");
    this.#at += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === undefined ? null : Number(match[3]);
    if (min > maxCount || (max ?? 0) > maxCount) throw new PatternProblem(`A count is at most ${maxCount}.`);
    if (max !== null && max < min) throw new PatternProblem(`Turn the numbers of \`${match[0]}\` round.`);
    return { min, max };
  }

  #atom(): PatternNode {
    const point = this.#next();
    switch (point) {
      case "(":
        return this.#group();
      case "[":
        return { kind: "set", points: this.#set() };
      case ".":
        return { kind: "set", points: anyPoint };
      case "\\":
        return { kind: "set", points: single(this.#escape(false)) };
      case "^":
      case "$":
        throw new PatternProblem(`\`${point}\` can stand at the ends only. Write \`\\${point}\` for the sign itself.`);
      case "*":
      case "+":
      case "?":
        throw new PatternProblem(
          `There is nothing that \`${point}\` could repeat. Write \`\\${point}\` for the sign itself.`,
        );
      case "{":
      case "}":
      case "]":
        throw new PatternProblem(`Write \`${point}\` as \`\\${point}\`.`);
      default:
        return { kind: "set", points: single(codePoint(point)) };
    }
  }

  #group(): PatternNode {
    if (this.#take("?") && !this.#take(":")) {
      throw new PatternProblem("Looking ahead or behind, names and flags cannot be used. A group is `( )` or `(?: )`.");
    }
    if (++this.#depth > 50) throw new PatternProblem("Groups are nested too deeply. Make the pattern simpler.");
    const node = this.#either();
    this.#depth--;
    if (!this.#take(")")) throw new PatternProblem("There is a `(` without its `)`. Add it or write `\\(`.");
    return node;
  }

  #set(): CodePoints {
    const negated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    if (this.#peek() === "]")
      throw new PatternProblem("`[ ]` must name at least one character. Write `\\]` for the sign.");
    for (let next = this.#peek(); next !== "]"; next = this.#peek()) {
      const from = this.#member(ranges.length === 0);
      const ranged = this.#peek() === "-" && this.#points[this.#at + 1] !== "]";
      if (ranged) this.#at++;
      const to = ranged ? this.#member(false) : from;
      if (to < from) throw new PatternProblem("A range in `[ ]` goes from the lower to the higher character.");
      ranges.push([from, to]);
    }
    this.#at++;
    return negated ? complement(ranges) : union(ranges);
  }

  #member(first: boolean): number {
    const point = this.#next();
    if (point === "\\") return this.#escape(true);
    if (point === "[") throw new PatternProblem("Write `[` as `\\[` inside of `[ ]`.");
    const last = this.#peek() === "]";
    if (point === "-" && !first && !last) throw new PatternProblem("Write `-` as `\\-` inside of `[ ]`.");
    return codePoint(point);
  }

  #escape(inSet: boolean): number {
    const point = this.#next();
    const control = controls[point];
    if (control !== undefined) return control;
    if ("^$\\.*+?()[]{}|/".includes(point) || (inSet && point === "-")) return codePoint(point);
    if (point === "u") return this.#unicode();
    const plain = classes[point];
    if (plain) {
      throw new PatternProblem(
        `Write \`${inSet ? plain.slice(1, -1) : plain}\` for \`\\${point}\`, which not every engine reads alike.`,
      );
    }
    throw new PatternProblem(`\`\\${point}\` cannot be used here. Write the character itself.`);
  }

  #unicode(): number {
    const digits = this.#points.slice(this.#at, this.#at + 4).join("");
    const point = Number.parseInt(digits, 16);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits) || (point >= 0xd800 && point <= 0xdfff) || point === 0) {
      throw new PatternProblem("Write four hexadecimal digits after `\\u`, such as `\\u00e9`.");
    }
    this.#at += 4;
    return point;
  }

  #peek(): string | null {
    return this.#points[this.#at] ?? null;
  }

  #take(point: string): boolean {
    if (this.#points[this.#at] !== point) return false;
    this.#at++;
    return true;
  }

  #next(): string {
    const point = this.#points[this.#at++];
    if (point === undefined)
      throw new PatternProblem("The pattern ends too early. Close what is open or remove the last `\\`.");
    if (!point.isWellFormed() || point === "\u0000")
      throw new PatternProblem("The pattern holds a character that no text can have.");
    return point;
  }
}

function codePoint(point: string): number {
  return point.codePointAt(0) ?? 0;
}

function single(point: number): CodePoints {
  return [[point, point]];
}
