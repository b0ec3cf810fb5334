import type { ModelCommand } from "../commands/ModelCommand.ts";
import type { Problem } from "../Problem.ts";
import type { Span, Spot } from "./syntax.ts";
import { spanOf } from "./syntax.ts";

/** A problem before it is known in which file it stands. */
export interface LocalProblem {
  readonly code: string;
  readonly severity: Problem["severity"];
  readonly message: string;
  readonly span: Span;
  readonly path: readonly string[];
  readonly fix?: { readonly title: string; readonly command: ModelCommand };
}

/** What is gathered while one file is read: its problems, the places of its parts and the functions it calls. */
export class Reading {
  readonly problems: LocalProblem[] = [];
  readonly #spans = new Map<string, Span>();
  /** Builder functions that are called, by the place of their first call. */
  readonly called = new Map<string, Span>();
  readonly length: number;

  constructor(length: number) {
    this.length = length;
  }

  refuse(code: string, at: Spot, path: readonly string[], message: string): null {
    this.refuseSpan(code, spanOf(at), path, message);
    return null;
  }

  refuseSpan(code: string, span: Span, path: readonly string[], message: string): void {
    const start = Math.min(span.start, this.length);
    const end = Math.min(Math.max(span.end, start), this.length);
    this.problems.push({ code, severity: "error", message, span: { start, end }, path });
  }

  place(path: readonly string[], at: Spot): void {
    this.placeSpan(path, spanOf(at));
  }

  placeSpan(path: readonly string[], span: Span): void {
    const key = pathKey(path);
    if (!this.#spans.has(key)) this.#spans.set(key, span);
  }

  /** The span of the part at `path`, or of the nearest part around it. */
  spanOf(path: readonly string[]): Span | null {
    for (let length = path.length; length > 0; length--) {
      const span = this.#spans.get(pathKey(path.slice(0, length)));
      if (span) return span;
    }
    return null;
  }
}

/** The reading of several files may hold equal paths, so a path is looked up within one file. */
function pathKey(path: readonly string[]): string {
  return path.join("\u0000");
}
