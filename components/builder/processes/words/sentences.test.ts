import { expect, test } from "vitest";
import { startSentence, startsSentence } from "./startSentence.ts";
import { stepSentence } from "./stepSentence.ts";

test("steps are said in words", () => {
  const input = [
    { name: "title", expression: "'x'" },
    { name: "dueOn", expression: "today()" },
  ];
  expect(stepSentence({ kind: "action", name: "a", resource: "FollowUp", action: "create", input })).toBe(
    "Create a follow up with title and due on.",
  );
  expect(stepSentence({ kind: "action", name: "a", resource: "Deal", action: "win", key: "input.id" })).toBe(
    "Win the deal `input.id`.",
  );
  expect(stepSentence({ kind: "wait", name: "a", for: "'PT36H'", when: "input.late" })).toBe(
    "Wait for 36 hours, only if `input.late`.",
  );
  expect(
    stepSentence({
      kind: "select",
      name: "a",
      resource: "Deal",
      where: [{ name: "stage", expression: "'won'" }],
      limit: 5,
    }),
  ).toBe("Read up to 5 deal records whose stage is “won”.");
  expect(stepSentence({ kind: "mail", name: "a", to: "input.email", subject: "'Hi'", text: "''" })).toBe(
    "Mail “Hi” to `input.email`.",
  );
});

test("starts are said in words", () => {
  expect(startSentence({ kind: "change", resource: "Order", actions: ["create", "ship"], fields: ["total"] })).toBe(
    "When an order is created or changed by ship and its total changed.",
  );
  expect(startSentence({ kind: "schedule", cron: "0 8 * * 1", zone: "Europe/Berlin" })).toBe(
    "Every Monday at 08:00 (Europe/Berlin).",
  );
  expect(startSentence({ kind: "hook", name: "stripePaid", signature: { scheme: "none" } })).toBe(
    "When another system calls `/hooks/stripe-paid`.",
  );
  expect(startsSentence({})).toBe("Nothing starts it but other processes.");
});
