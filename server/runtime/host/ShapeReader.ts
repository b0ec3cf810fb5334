import type { FieldError } from "#lib/errors/AppError.ts";

export type Shape = Readonly<Record<string, unknown>>;

/** Looks whether a JSON value has the shape it should have, and gathers what is wrong by place. */
export class ShapeReader {
  readonly problems: FieldError[] = [];

  that(field: string, isSo: boolean, message: string): void {
    if (!isSo) this.problems.push({ field, rule: "shape", message });
  }

  text(field: string, value: unknown, pattern?: RegExp): void {
    const fits = typeof value === "string" && (pattern === undefined || pattern.test(value));
    this.that(field, fits, pattern ? `Give a text like ${pattern.source}.` : "Give a text.");
  }

  /** Null where it is none. */
  object(field: string, value: unknown): Shape | null {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    this.that(field, isObject, "Give an object.");
    return isObject ? (value as Shape) : null;
  }

  /** Each object of a list. */
  each(field: string, value: unknown, look: (place: string, item: Shape) => void): void {
    this.that(field, Array.isArray(value), "Give a list.");
    for (const [at, item] of Array.isArray(value) ? value.entries() : []) {
      const shape = this.object(`${field}.${at}`, item);
      if (shape) look(`${field}.${at}`, shape);
    }
  }
}
