import { expect } from "vitest";
import { entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { readCursor } from "#lib/plan/read/cursor.ts";
import type { Actor, ReadManyShape } from "#lib/plan/types.ts";
import { Eyes } from "./Eyes.ts";
import { expectedOrder, expectedRead, type ListOrOne } from "./expectedRead.ts";
import { neverSeen } from "./neverSeen.ts";
import type { Stage } from "./Stage.ts";
import type { World } from "./World.ts";

export interface ReadCase {
  readonly stage: Stage;
  readonly world: World;
  readonly actor: Actor;
  readonly plan: ListOrOne;
}

/** Runs a read and compares its answer with the oracle's. Says what came of it. */
export async function judgeRead({ stage, world, actor, plan }: ReadCase): Promise<"answered" | "refused"> {
  const { catalog } = stage;
  const eyes = new Eyes({ catalog, world, actor });
  const view = { catalog, world, eyes };
  const outcome = await stage.ask(actor, plan);
  if ("refused" in outcome) {
    const { code, fields } = outcome.refused;
    // What was refused must be what shows in no record at all.
    if (code === "forbidden_field")
      for (const { field } of fields) expect(neverSeen(view, plan, field), field).toBe(true);
    else {
      expect(code).toBe(actor.kind === "anonymous" ? "unauthenticated" : "forbidden");
      const { resource } = plan.shape;
      const parents = plan.shape.kind === "many" && plan.shape.within ? eyes.all(plan.shape.within.resource) : [];
      expect(parents.length === 0 || eyes.all(resource).length === 0).toBe(true);
      if (plan.shape.kind === "one" || !plan.shape.within) expect(eyes.all(resource)).toEqual([]);
    }
    return "refused";
  }
  const expected = expectedRead(plan, view);
  expect(withoutCursors(outcome.json ?? null)).toEqual(expected);
  if (plan.shape.kind === "many" && !plan.shape.within && !plan.shape.list.page.fromEnd) {
    await walk(
      { stage, world, actor, plan },
      { shape: plan.shape, first: outcome.json, order: expectedOrder(plan, view) },
    );
  }
  return "answered";
}

interface Walk {
  readonly shape: ReadManyShape;
  readonly first: unknown;
  readonly order: readonly string[];
}

/** Follows the cursors to the end: every record comes once, in its order. */
async function walk({ stage, actor, plan }: ReadCase, { shape, first, order }: Walk): Promise<void> {
  const seen: string[] = [];
  let page = first as { data: { id: string }[]; page: { next: string | null } };
  const entity = entityNamed(stage.catalog, shape.resource);
  for (;;) {
    seen.push(...page.data.map(({ id }) => id));
    const { next } = page.page;
    if (next === null) break;
    const { list } = shape;
    const values = readCursor(next, { catalog: stage.catalog, entity, order: list.order, field: "after" });
    const parameters = [...plan.parameters];
    const after = values.map((value) => (value === null ? null : parameters.push(value) - 1));
    const outcome = await stage.ask(actor, {
      shape: { ...shape, list: { ...list, page: { ...list.page, after } } },
      parameters,
    });
    if (!("json" in outcome)) throw outcome.refused;
    page = outcome.json as typeof page;
    if (seen.length > order.length) break;
  }
  expect(seen).toEqual(order);
}

/** Cursors are looked at by being followed. */
function withoutCursors(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutCursors);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) =>
      name === "next" && !isValue(json) ? [] : [[name, withoutCursors(value)]],
    ),
  );
}

/** Whether an object is a record, whose calculation may be called as a cursor is. */
function isValue(json: object): boolean {
  return "id" in json;
}
