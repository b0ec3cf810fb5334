import { expect, test } from "vitest";
import { AppError } from "#lib/errors/AppError.ts";
import { HashingSlots } from "./HashingSlots.ts";

test("never more than the slots run at once, the queue is served in order, and what is beyond it is refused", async () => {
  const slots = new HashingSlots({ atOnce: 2, mayWait: 3 });
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const begun: number[] = [];
  const finished = gates.map((gate, at) =>
    slots.run(async () => {
      begun.push(at);
      await gate.promise;
      return at;
    }),
  );
  await expect(slots.run(async () => 5)).rejects.toMatchObject({ code: "unavailable" });
  expect(begun).toEqual([0, 1]);
  for (const [at, gate] of gates.entries()) {
    gate.resolve();
    expect(await finished[at]).toBe(at);
    expect(begun.length).toBeLessThanOrEqual(at + 3);
  }
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test("work that fails gives its slot back", async () => {
  const slots = new HashingSlots({ atOnce: 1, mayWait: 0 });
  await expect(slots.run(() => Promise.reject(new AppError("conflict", "No.")))).rejects.toThrow("No.");
  expect(await slots.run(async () => "free")).toBe("free");
});
