import { expect, test } from "vitest";
import { forTerminal } from "./forTerminal.ts";

test("a problem is told by its message and its cause, without the stack", () => {
  const line = {
    time: "2026-01-01",
    level: "error",
    message: "No answer.",
    error: { message: "Refused.", stack: "at x" },
  };
  expect(forTerminal(JSON.stringify(line))).toBe("No answer. Refused.");
  expect(forTerminal(JSON.stringify({ ...line, error: "Error: Refused.\n    at x" }))).toBe(
    "No answer. Error: Refused.",
  );
});

test("what is no problem stays in the log", () => {
  expect(forTerminal('{"level":"info","message":"The runtime serves."}')).toBeUndefined();
  expect(forTerminal("  ")).toBeUndefined();
});

test.each(["TypeError: x is not a function", "{ not JSON", '{"other":"shape"}'])("%s is shown as it is", (line) => {
  expect(forTerminal(line)).toBe(line);
});
