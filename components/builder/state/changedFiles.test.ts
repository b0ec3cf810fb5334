import { expect, test } from "vitest";
import { changedFiles } from "./changedFiles.ts";

test("names what is new, changed and gone, and leaves out the rest", () => {
  const base = { "a.ts": "1", "b.ts": "2", "c.ts": "3" };
  expect(changedFiles(base, { "a.ts": "1", "b.ts": "two", "d.ts": "4" })).toEqual({
    "b.ts": "two",
    "c.ts": null,
    "d.ts": "4",
  });
});

test("an empty file is not a missing one", () => {
  expect(changedFiles({ "a.ts": "1" }, { "a.ts": "" })).toEqual({ "a.ts": "" });
  expect(changedFiles({ "a.ts": "" }, {})).toEqual({ "a.ts": null });
});
