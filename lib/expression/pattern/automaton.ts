import type { CodePoints, PatternNode } from "./PatternNode.ts";
import { PatternProblem } from "./parsePattern.ts";

/**
 * A pattern as positions of its characters: at which a match can start, which can follow each, at which it can end.
 * An edge that arises in two ways is in `twice`: then one text can be matched in two ways.
 */
export interface Automaton {
  readonly sets: readonly CodePoints[];
  readonly first: readonly number[];
  readonly follow: readonly (readonly number[])[];
  readonly last: ReadonlySet<number>;
  readonly acceptsEmpty: boolean;
  readonly twice: readonly (readonly [from: number, to: number])[];
}

const maxPositions = 2000;

interface Part {
  readonly empty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** @throws PatternProblem when counts make the pattern too large. */
export function buildAutomaton(node: PatternNode): Automaton {
  const builder = new AutomatonBuilder();
  const whole = builder.build(node);
  return {
    sets: builder.sets,
    first: whole.first,
    follow: builder.follow.map((next) => [...next]),
    last: new Set(whole.last),
    acceptsEmpty: whole.empty,
    twice: builder.twice,
  };
}

class AutomatonBuilder {
  readonly sets: CodePoints[] = [];
  readonly follow: Set<number>[] = [];
  readonly twice: (readonly [number, number])[] = [];

  build(node: PatternNode): Part {
    switch (node.kind) {
      case "set":
        return this.#position(node.points);
      case "sequence":
        return node.parts.reduce<Part>((before, part) => this.#join(before, this.build(part)), nothing);
      case "either":
        return this.#either(node.parts.map((part) => this.build(part)));
      case "repeat":
        return this.#repeat(node.part, node.min, node.max);
    }
  }

  #position(points: CodePoints): Part {
    const position = this.sets.length;
    if (position >= maxPositions) throw new PatternProblem("The counts make this pattern too large. Use smaller ones.");
    this.sets.push(points);
    this.follow.push(new Set());
    return { empty: false, first: [position], last: [position] };
  }

  #join(before: Part, after: Part): Part {
    this.#link(before.last, after.first);
    return {
      empty: before.empty && after.empty,
      first: before.empty ? [...before.first, ...after.first] : before.first,
      last: after.empty ? [...before.last, ...after.last] : after.last,
    };
  }

  #either(parts: readonly Part[]): Part {
    return {
      empty: parts.some(({ empty }) => empty),
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
    };
  }

  /** `a{2,4}` as `aa(a(a)?)?`, `a{2,}` as `aa+`. */
  #repeat(part: PatternNode, min: number, max: number | null): Part {
    let whole = nothing;
    for (let made = 0; made < min - (max === null ? 1 : 0); made++) whole = this.#join(whole, this.build(part));
    if (max === null) {
      const loop = this.build(part);
      this.#link(loop.last, loop.first);
      return this.#join(whole, min === 0 ? { ...loop, empty: true } : loop);
    }
    return max > min ? this.#join(whole, this.#optional(part, max - min)) : whole;
  }

  #optional(part: PatternNode, count: number): Part {
    const parts = Array.from({ length: count }, () => this.build(part));
    return parts.reduceRight<Part>((after, one) => ({ ...this.#join(one, after), empty: true }), nothing);
  }

  #link(from: readonly number[], to: readonly number[]): void {
    for (const position of from) {
      const next = this.follow[position];
      for (const other of to) {
        if (next?.has(other)) this.twice.push([position, other]);
        next?.add(other);
      }
    }
  }
}

const nothing: Part = { empty: true, first: [], last: [] };
