import { type CompiledStatement, compileRead } from "#lib/compile/read/compileRead.ts";
import { type CompiledWrite, compileWrite } from "#lib/compile/write/compileWrite.ts";
import { type Access, fullAccess } from "#lib/plan/access/Access.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import { isRead } from "#lib/plan/isRead.ts";
import type { Plan } from "#lib/plan/types.ts";

type Shape = Plan["shape"];

/** A shape's statement. It is worth preparing once it has been asked for again. */
export interface CachedStatement extends CompiledStatement, Partial<Omit<CompiledWrite, keyof CompiledStatement>> {
  uses: number;
}

/** How many shapes of one app are kept, and how many more for each resource; the one not asked for longest goes first. */
const maxStatements = 1000;
const statementsEach = 4;
const maxAccesses = 64;

/** The compiled statements of one app by shape; environments that serve the same snapshot share them. */
export class StatementCache {
  readonly #catalog: Catalog;
  readonly #byShape = new WeakMap<Shape, Map<string, CachedStatement>>();
  readonly #byText = new Map<string, CachedStatement>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  get size(): number {
    return this.#byText.size;
  }

  statement(shape: Shape, access: Access = fullAccess): CachedStatement {
    let byAccess = this.#byShape.get(shape);
    const known = byAccess?.get(access.key);
    if (known) return known;
    const text = `${access.key} ${JSON.stringify(shape)}`;
    const statement = this.#byText.get(text) ?? { ...compile(this.#catalog, shape, access), uses: 0 };
    this.#byText.delete(text);
    this.#byText.set(text, statement);
    if (this.#byText.size > maxStatements + statementsEach * this.#catalog.entities.size) {
      const [oldest] = this.#byText.keys();
      if (oldest !== undefined) this.#byText.delete(oldest);
    }
    byAccess ??= new Map();
    // A shape that lives long must not gather the statements of everyone who ever asked.
    if (byAccess.size >= maxAccesses) byAccess.clear();
    byAccess.set(access.key, statement);
    this.#byShape.set(shape, byAccess);
    return statement;
  }
}

function compile(catalog: Catalog, shape: Shape, access: Access): CompiledStatement {
  return isRead(shape) ? compileRead(catalog, shape, access) : compileWrite(catalog, shape, access);
}
