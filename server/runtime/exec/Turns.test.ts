import { describe, expect, test } from "vitest";
import { callerOf } from "./callerOf.ts";
import { Turns } from "./Turns.ts";

const patient = { waitSeconds: 60 };

/** Names in the order in which their turns come. */
function inOrder(turns: Turns, order: string[]) {
  return (name: string) => (turns.take() ?? Promise.resolve()).then(() => order.push(name));
}

describe("turns", () => {
  test("come at once while there are places, then in the order of asking", async () => {
    const turns = new Turns({ places: 2, ...patient });
    const order: string[] = [];
    expect([turns.take(), turns.take()]).toEqual([null, null]);
    const ask = inOrder(turns, order);
    const waiting = ["a", "b", "c"].map(ask);
    expect(turns.waiting).toBe(3);
    for (const turn of waiting) {
      turns.giveBack();
      await turn;
    }
    expect([order, turns.waiting]).toEqual([["a", "b", "c"], 0]);
    turns.giveBack();
    turns.giveBack();
    expect([turns.take(), turns.take(), turns.take() === null]).toEqual([null, null, false]);
  });

  test("keep their order and their number however long the line is", async () => {
    const turns = new Turns({ places: 1, ...patient });
    turns.take();
    const order: number[] = [];
    const waiting = Array.from({ length: 5000 }, (_, at) => turns.take()?.then(() => order.push(at)));
    for (const turn of waiting) {
      turns.giveBack();
      await turn;
    }
    expect(order).toEqual(order.map((_, at) => at));
    expect(order).toHaveLength(5000);
    turns.giveBack();
    expect(turns.take()).toBeNull();
  });

  test("are refused to whoever has waited too long, and only to them", async () => {
    const turns = new Turns({ places: 1, waitSeconds: 0.05 });
    turns.take();
    await expect(turns.take()).rejects.toMatchObject({ code: "unavailable" });
    for (const late of await Promise.allSettled([turns.take(), turns.take()])) {
      expect(late).toMatchObject({ status: "rejected", reason: { code: "unavailable" } });
    }
    expect(turns.waiting).toBe(0);
    turns.giveBack();
    expect(turns.take()).toBeNull();
  });

  test("pass over whoever has hung up", async () => {
    const turns = new Turns({ places: 1, ...patient });
    turns.take();
    const caller = { destroyed: false };
    const gone = callerOf.run(caller, () => turns.take());
    const next = turns.take();
    caller.destroyed = true;
    turns.giveBack();
    await expect(gone).rejects.toMatchObject({ code: "unavailable" });
    await next;
    turns.giveBack();
    expect(turns.take()).toBeNull();
  });
});
