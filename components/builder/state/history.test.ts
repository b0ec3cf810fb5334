import { expect, test } from "vitest";
import { historyLimit, recordChange, redoChange, sealHistory, startHistory, undoChange } from "./history.ts";

const at = (text: string) => ({ "domain/order.ts": text });

test("a change can be undone and redone, and a new change forgets what was undone", () => {
  let history = startHistory(at("a"));
  history = recordChange(history, { sources: at("b"), label: "first" });
  history = recordChange(history, { sources: at("c"), label: "second" });
  history = undoChange(history);
  expect(history.present.sources).toEqual(at("b"));
  expect(redoChange(history).present).toMatchObject({ sources: at("c"), label: "second" });
  history = recordChange(history, { sources: at("d"), label: "third" });
  expect(history.future).toEqual([]);
  expect(undoChange(history).present.sources).toEqual(at("b"));
});

test("undoing and redoing past the ends changes nothing", () => {
  const history = startHistory(at("a"));
  expect(undoChange(history)).toBe(history);
  expect(redoChange(history)).toBe(history);
});

test("typing in one field is one step until the field is left", () => {
  let history = startHistory(at(""));
  for (const text of ["n", "na", "name"]) history = recordChange(history, { sources: at(text), label: "x", key: "f" });
  expect(history.past).toHaveLength(1);
  history = sealHistory(history);
  history = recordChange(history, { sources: at("names"), label: "x", key: "f" });
  expect(history.past).toHaveLength(2);
  expect(undoChange(undoChange(history)).present.sources).toEqual(at(""));
});

test("typing back to where a field began leaves no step", () => {
  let history = startHistory(at("a"));
  history = recordChange(history, { sources: at("ab"), label: "x", key: "f" });
  history = recordChange(history, { sources: at("a"), label: "x", key: "f" });
  expect(history.past).toEqual([]);
});

test("a step that was undone and redone does not swallow what is typed next", () => {
  let history = startHistory(at("a"));
  history = recordChange(history, { sources: at("b"), label: "x", key: "f" });
  history = redoChange(undoChange(history));
  history = recordChange(history, { sources: at("c"), label: "x", key: "f" });
  expect(undoChange(history).present.sources).toEqual(at("b"));
});

test("a change that changes nothing is no step", () => {
  const history = startHistory(at("a"));
  expect(recordChange(history, { sources: at("a"), label: "nothing" })).toBe(history);
});

test("only so many steps are kept", () => {
  let history = startHistory(at("0"));
  for (let step = 1; step <= historyLimit + 5; step++) {
    history = recordChange(history, { sources: at(String(step)), label: String(step) });
  }
  expect(history.past).toHaveLength(historyLimit);
  expect(history.past[0]?.sources).toEqual(at("5"));
});
