import { expect, test } from "vitest";
import { draftKey, forgetDraft, type KeptDraft, keepDraft, readKeptDraft } from "./keptDraft.ts";

const draft: KeptDraft = {
  base: { commit: "abc", files: { "domain/a.ts": "1" }, lastCommit: null },
  sources: { "domain/a.ts": "2" },
  at: "2026-11-20T10:00:00.000Z",
};

function storageOf(items = new Map<string, string>()) {
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

test("what is kept for a project is read back, and only for that project", () => {
  const storage = storageOf();
  expect(keepDraft(storage, "acme/shop", draft)).toBe(true);
  expect(readKeptDraft(storage, "acme/shop")).toEqual(draft);
  expect(readKeptDraft(storage, "acme/other")).toBeNull();
  forgetDraft(storage, "acme/shop");
  expect(readKeptDraft(storage, "acme/shop")).toBeNull();
});

test.each([
  "",
  "not JSON",
  "null",
  "[]",
  '{"version":1}',
  '{"version":2,"draft":{}}',
  '{"version":1,"draft":{"at":1}}',
])("what cannot be read is nothing: %s", (text) => {
  expect(readKeptDraft(storageOf(new Map([[draftKey("p"), text]])), "p")).toBeNull();
});

test("a browser without room says so and does not throw", () => {
  const full = {
    setItem() {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(keepDraft(full, "p", draft)).toBe(false);
});
