import { expect, test } from "vitest";
import type { Revision } from "../BuilderPort.ts";
import { sampleSources } from "../testing/sampleSources.ts";
import { BuilderStore } from "./BuilderStore.ts";

const first: Revision = { commit: "a".repeat(40), files: sampleSources(), lastCommit: null };

function resourceNames(store: BuilderStore) {
  return store.getState().reading.draft.resources.map(({ name }) => name);
}

const saved = { commit: "b".repeat(40), author: "Ada", at: "2026-11-20T10:00:00.000Z", message: "Add an invoice" };

test("a command changes the sources, the model that is drawn and what can be undone", () => {
  const store = new BuilderStore(first);
  expect(store.run({ type: "addResource", name: "Invoice" })).toBeNull();
  expect(store.getState()).toMatchObject({ dirty: true, history: { present: { label: "Add resource Invoice" } } });
  expect(resourceNames(store)).toContain("Invoice");
  store.undo();
  expect(store.getState().dirty).toBe(false);
  expect(resourceNames(store)).not.toContain("Invoice");
  store.redo();
  expect(resourceNames(store)).toContain("Invoice");
});

test("a command that cannot be done says why and changes nothing", () => {
  const store = new BuilderStore(first);
  const before = store.getState();
  expect(store.run({ type: "addResource", name: "Order" })?.message).toMatch(/Order/);
  expect(store.getState()).toBe(before);
});

test("what is selected stays so through its rename and the undoing of it", () => {
  const store = new BuilderStore(first);
  store.select({ kind: "attribute", resource: "Order", name: "stage" });
  store.run({ type: "renameResource", resource: "Order", to: "Purchase" });
  store.run({ type: "renameAttribute", resource: "Purchase", attribute: "stage", to: "state" });
  expect(store.getState().selection).toEqual({ kind: "attribute", resource: "Purchase", name: "state" });
  store.undo();
  store.undo();
  expect(store.getState().selection).toEqual({ kind: "attribute", resource: "Order", name: "stage" });
});

test("typing in one field is one step, until the field is left", () => {
  const store = new BuilderStore(first);
  const type = (text: string) =>
    store.run({ type: "setResource", resource: "Order", describe: text }, { key: "describe" });
  for (const text of ["A", "An", "An order"]) type(text);
  expect(store.getState().history.past).toHaveLength(1);
  store.seal();
  type("An order of a customer");
  expect(store.getState().history.past).toHaveLength(2);
});

test("once saved nothing is unsaved, except what was changed while saving", () => {
  const store = new BuilderStore(first);
  store.run({ type: "addResource", name: "Invoice" });
  const sent = store.getState().history.present.sources;
  store.run({ type: "addResource", name: "Receipt" });
  store.saved(saved, sent);
  expect(store.getState()).toMatchObject({ dirty: true, base: { commit: saved.commit, lastCommit: saved } });
  store.undo();
  expect(store.getState().dirty).toBe(false);
  store.undo();
  expect(store.getState().dirty).toBe(true);
});

test("another revision starts over, with the same thing selected", () => {
  const store = new BuilderStore(first);
  store.run({ type: "addResource", name: "Invoice" });
  store.select({ kind: "resource", resource: "Order" });
  store.open({ ...first, commit: saved.commit });
  expect(store.getState()).toMatchObject({ dirty: false, selection: { resource: "Order" }, history: { past: [] } });
});

test("kept work is restored on the commit it was made on, and can be undone", () => {
  const store = new BuilderStore({ ...first, commit: saved.commit });
  const { "domain/tag.ts": _, ...without } = first.files;
  store.restore(first, without);
  expect(store.getState()).toMatchObject({ dirty: true, base: { commit: first.commit } });
  store.undo();
  expect(store.getState().dirty).toBe(false);
});

test("while a file cannot be read its resource keeps its shape, and the problem is known", () => {
  const store = new BuilderStore(first);
  const order = () => store.getState().reading.draft.resources.find(({ name }) => name === "Order");
  const before = order();
  store.edit("domain/order.ts", `${first.files["domain/order.ts"]}oops(`);
  const { reading } = store.getState();
  expect(reading.model).toBeNull();
  expect(reading.problems.map(({ file }) => file)).toContain("domain/order.ts");
  expect(reading.places.unread.has("Order")).toBe(true);
  expect(order()).toBe(before);
  store.undo();
  expect(store.getState().reading.problems).toEqual([]);
});

test("listeners hear of changes and of nothing else", () => {
  const store = new BuilderStore(first);
  let heard = 0;
  const stop = store.subscribe(() => heard++);
  store.select(null);
  store.undo();
  store.seal();
  store.edit("README.md", first.files["README.md"] ?? "");
  store.select({ kind: "resource", resource: "Order" });
  stop();
  store.select(null);
  expect(heard).toBe(2);
});
