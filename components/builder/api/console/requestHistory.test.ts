import { expect, test } from "vitest";
import { type KeptRequest, keepHistory, readHistory, withRequest } from "./requestHistory.ts";

/** What a browser keeps, in memory. */
function memory(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

const request = (path: string, body = ""): KeptRequest => ({
  protocol: "rest",
  method: "GET",
  path,
  body,
  at: "2026-01-31T12:00:00Z",
  status: 200,
  milliseconds: 3,
});

test("the last requests of a project are kept, the newest first, each once", () => {
  const storage = memory();
  const history = ["/a", "/b", "/a"].reduce<readonly KeptRequest[]>((all, path) => withRequest(all, request(path)), []);
  keepHistory(storage, "ada/shop", history);
  expect(readHistory(storage, "ada/shop").map(({ path }) => path)).toEqual(["/a", "/b"]);
  expect(readHistory(storage, "ada/other")).toEqual([]);
  const many = Array.from({ length: 50 }, (_, index) => request(`/${index}`));
  expect(many.reduce<readonly KeptRequest[]>(withRequest, [])).toHaveLength(20);
});

test("large bodies are not kept, and what others left in the storage is not taken for a request", () => {
  expect(withRequest([], request("/a", "x".repeat(30_000)))[0]?.body).toBe("");
  const storage = memory();
  for (const text of ["{", "7", '[null,{"path":1}]']) {
    storage.setItem("gantry:console:ada/shop", text);
    expect(readHistory(storage, "ada/shop")).toEqual([]);
  }
});
