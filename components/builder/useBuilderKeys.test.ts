import { expect, test } from "vitest";
import { shortcut } from "./useBuilderKeys.ts";

const press = (key: string, ...held: ("ctrlKey" | "metaKey" | "shiftKey" | "altKey")[]) => ({
  key,
  ctrlKey: held.includes("ctrlKey"),
  metaKey: held.includes("metaKey"),
  shiftKey: held.includes("shiftKey"),
  altKey: held.includes("altKey"),
});

test.each([
  [press("s", "ctrlKey"), "save", "save"],
  [press("s", "metaKey"), "save", "save"],
  [press("z", "ctrlKey"), "undo", null],
  [press("Z", "ctrlKey", "shiftKey"), "redo", null],
  [press("y", "ctrlKey"), "redo", null],
  [press("f", "ctrlKey"), "find", null],
  [press("/"), "find", null],
  [press("r"), "add", null],
  [press("r", "ctrlKey"), null, null],
  [press("Delete"), "remove", null],
  [press("Escape"), "deselect", null],
  [press("a"), null, null],
  [press("z", "ctrlKey", "altKey"), null, null],
] as const)("%j means %s, and %s while typing", (event, anywhere, typing) => {
  expect(shortcut(event, false)).toBe(anywhere);
  expect(shortcut(event, true)).toBe(typing);
});
