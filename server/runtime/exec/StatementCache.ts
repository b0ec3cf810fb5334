import { type CompiledStatement, compileRead } from "#lib/compile/read/compileRead.ts";
import { compileWrite } from "#lib/compile/write/compileWrite.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Plan, ReadShape, WriteShape } from "#lib/plan/types.ts";

type Shape = Plan["shape"];

/** A shape's statement. It is worth preparing once it has been asked for again. */
export interface CachedStatement extends CompiledStatement {
  uses: number;
}

/** How many shapes of one app are kept; the one not asked for longest goes first. */
const maxStatements = 1000;

/** The compiled statements of one app by shape; environments that serve the same snapshot share them. */
export class StatementCache {
  readonly #catalog: Catalog;
  readonly #byShape = new WeakMap<Shape, CachedStatement>();
  readonly #byText = new Map<string, CachedStatement>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  get size(): number {
    return this.#byText.size;
  }

  statement(shape: Shape): CachedStatement {
    const known = this.#byShape.get(shape);
    if (known) return known;
    const text = JSON.stringify(shape);
    const statement = this.#byText.get(text) ?? { ...compile(this.#catalog, shape), uses: 0 };
    this.#byText.delete(text);
    this.#byText.set(text, statement);
    if (this.#byText.size > maxStatements) {
      const [oldest] = this.#byText.keys();
      if (oldest !== undefined) this.#byText.delete(oldest);
    }
    this.#byShape.set(shape, statement);
    return statement;
  }
}

function compile(catalog: Catalog, shape: Shape): CompiledStatement {
  return isRead(shape) ? compileRead(catalog, shape) : compileWrite(catalog, shape);
}

export function isRead(shape: ReadShape | WriteShape): shape is ReadShape {
  return shape.kind === "one" || shape.kind === "many";
}
