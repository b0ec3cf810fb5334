import { hash } from "node:crypto";
import { AppError } from "#lib/errors/AppError.ts";
import type { Access } from "#lib/plan/access/Access.ts";
import { authorize } from "#lib/plan/authorize.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, Plan } from "#lib/plan/types.ts";
import type { StatementCache } from "../exec/StatementCache.ts";

/** How long a plan may take before it is noted. */
export const slowMilliseconds = 100;

const maxStatements = 200;
const maxRequests = 5;

/** A statement that was slow, and what is known of it. */
export interface SlowStatement {
  readonly id: string;
  readonly text: string;
  readonly shape: Plan["shape"];
  readonly access: Access;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** How often it was slow, and how long it took then. */
  readonly count: number;
  readonly totalMilliseconds: number;
  readonly maxMilliseconds: number;
  /** Those that caused it, without the caller's values, and how often; the first few. */
  readonly requests: ReadonlyMap<string, number>;
}

interface Noted {
  readonly actor: Actor;
  readonly plan: Plan;
  readonly milliseconds: number;
  /** The request, without the caller's values. */
  readonly request: string;
}

/** The slow statements of one release of an environment; of too many, those that took the most time altogether. */
export class SlowStatements {
  readonly since = new Date();
  readonly #catalog: Catalog;
  readonly #statements: () => StatementCache;
  readonly #known = new Map<string, SlowStatement>();

  constructor(catalog: Catalog, statements: () => StatementCache) {
    this.#catalog = catalog;
    this.#statements = statements;
  }

  /** Those that took the most time altogether first. */
  get all(): readonly SlowStatement[] {
    return [...this.#known.values()].sort((a, b) => b.totalMilliseconds - a.totalMilliseconds);
  }

  find(id: string): SlowStatement | null {
    return this.#known.get(id) ?? null;
  }

  note({ actor, plan, milliseconds, request }: Noted): void {
    const access = this.#accessOf(actor, plan);
    if (!access) return;
    const { text } = this.#statements().statement(plan.shape, access);
    const id = hash("sha256", text, "hex").slice(0, 16);
    const known = this.#known.get(id);
    const now = new Date();
    const requests = new Map(known?.requests);
    if (requests.has(request) || requests.size < maxRequests) requests.set(request, (requests.get(request) ?? 0) + 1);
    this.#known.set(id, {
      id,
      text,
      shape: plan.shape,
      access,
      firstAt: known?.firstAt ?? now,
      lastAt: now,
      count: (known?.count ?? 0) + 1,
      totalMilliseconds: (known?.totalMilliseconds ?? 0) + milliseconds,
      maxMilliseconds: Math.max(known?.maxMilliseconds ?? 0, milliseconds),
      requests,
    });
    if (this.#known.size > maxStatements) this.#forgetLeast(id);
  }

  /** Null where the plan was refused: it never came to a statement, and was slow for another reason. */
  #accessOf(actor: Actor, plan: Plan): Access | null {
    try {
      return authorize(this.#catalog, actor, plan).access;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  /** The latest stays, or none that is new could ever grow. */
  #forgetLeast(latest: string): void {
    const least = this.all.findLast(({ id }) => id !== latest);
    if (least) this.#known.delete(least.id);
  }
}
