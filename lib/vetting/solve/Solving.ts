import type { Expression } from "../../expression/Expression.ts";
import type { Value } from "../../expression/Value.ts";
import type { Argument, Model } from "../../model/types.ts";
import type { RequestContext } from "../../plan/access/contextValues.ts";
import { actorOf } from "../world/actorOf.ts";
import { NotKnown, valueFor } from "../world/environmentOf.ts";
import type { Row, World } from "../world/World.ts";
import { worldOf } from "../world/worldOf.ts";
import { type Draft, testActor } from "./Draft.ts";

/** The names of the records that `record` and variables stand for. */
export type Roots = ReadonlyMap<string, string>;

/** What a condition shall come out as. */
export interface Goal {
  readonly expression: Expression;
  readonly wanted: boolean;
  readonly roots: Roots;
}

/** Drafts in which a condition comes out as wanted. */
export type Ways = (solving: Solving, draft: Draft, goal: Goal) => Generator<Draft>;

interface SolvingOptions {
  readonly now: string;
  readonly ways: Ways;
  readonly declared?: readonly Argument[];
  readonly budget?: number;
}

/** One search for a test; it ends when its budget does. */
export class Solving {
  readonly model: Model;
  readonly now: string;
  /** Of the action whose conditions are solved. */
  readonly declared: readonly Argument[];
  readonly #ways: Ways;
  #budget: number;
  readonly #worlds = new WeakMap<Draft, World | null>();

  constructor(model: Model, { now, ways, declared = [], budget = 400 }: SolvingOptions) {
    this.model = model;
    this.now = now;
    this.declared = declared;
    this.#budget = budget;
    this.#ways = ways;
  }

  /** Drafts in which a condition comes out as wanted. */
  ways(draft: Draft, goal: Goal): Generator<Draft> {
    return this.#ways(this, draft, goal);
  }

  /** Whether there is something left to try with. */
  spend(): boolean {
    this.#budget -= 1;
    return this.#budget >= 0;
  }

  world(draft: Draft): World | null {
    let world = this.#worlds.get(draft);
    if (world === undefined) {
      world = this.#worldOf(draft);
      this.#worlds.set(draft, world);
    }
    return world;
  }

  #worldOf(draft: Draft): World | null {
    try {
      return worldOf(this.model, draft.rows, this.now);
    } catch (error) {
      if (error instanceof NotKnown) return null;
      throw error;
    }
  }

  /** What an expression comes to in a draft; undefined where that is not known. */
  value(draft: Draft, expression: Expression, roots: Roots): Value | undefined {
    const world = this.world(draft);
    if (!world) return undefined;
    try {
      const rows = new Map<string, Row>();
      for (const [variable, name] of roots) {
        const row = world.named(name);
        if (row) rows.set(variable, row);
      }
      const actor = actorOf(world, testActor(draft.actor));
      const request: RequestContext = { actor, now: this.now, arguments: argumentTexts(draft) };
      return valueFor(expression, rows.get("record") ?? null, { world, request, declared: this.declared, roots: rows });
    } catch (error) {
      if (error instanceof NotKnown) return undefined;
      throw error;
    }
  }
}

function argumentTexts(draft: Draft): Record<string, string | null | readonly string[]> {
  return Object.fromEntries(
    Object.entries(draft.arguments).map(([name, value]) => [
      name,
      value === null
        ? null
        : Array.isArray(value)
          ? value.map(String)
          : typeof value === "object"
            ? JSON.stringify(value)
            : String(value),
    ]),
  );
}
